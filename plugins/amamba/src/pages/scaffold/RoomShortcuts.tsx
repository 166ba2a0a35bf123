import { useNavigate } from 'react-router-dom';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useShortcut } from '../../hooks/shortcuts';
import { useWorkspace } from '../../hooks/useWorkspace';
import { ROOMS, ROOM_IDS, type RoomId } from '../../rooms';
import { useAmambaTranslation } from '../../translation';

/** The keys that lead from room to room. */
export function RoomShortcuts() {
  return (
    <>
      {ROOM_IDS.map(id => (
        <RoomShortcut key={id} room={id} />
      ))}
    </>
  );
}

function RoomShortcut(props: { room: RoomId }) {
  const { t } = useAmambaTranslation();
  const navigate = useNavigate();
  const { workbench } = useAmambaRoutes();
  const { name } = useWorkspace();
  const { keys, label } = ROOMS[props.room];
  useShortcut(keys, label(t), () => navigate(workbench.room(props.room, name)));
  return null;
}
