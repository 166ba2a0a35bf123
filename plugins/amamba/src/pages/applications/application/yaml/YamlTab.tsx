import { useState } from 'react';
import { FilterSelect } from '../../../../components/Filter';
import { EmptyState, LiveView } from '../../../../components/States';
import { useAmambaApi } from '../../../../api';
import { useLive } from '../../../../hooks/useLive';
import { useUrlState } from '../../../../hooks/useUrlState';
import { useAmambaTranslation } from '../../../../translation';
import { followApplication, useApplication } from '../applicationScope';
import { ManifestEditor } from './ManifestEditor';
import { ManifestViewer } from './ManifestViewer';
import { yamlObjects, type YamlObject } from './yamlObjects';

/** The manifests of the application's objects, one at a time, to read and to edit. */
export default function YamlTab() {
  const { t } = useAmambaTranslation();
  const url = useUrlState();
  const { application } = useApplication();
  const [editing, setEditing] = useState(false);
  const objects = yamlObjects(application);
  const wanted = url.get('node');
  const object = objects.find(({ id }) => id === wanted) ?? objects[0];
  if (!object) return <EmptyState title={t('applications.resources.none')} />;
  return (
    <OneObject
      key={object.id}
      object={object}
      editing={editing}
      onEdit={setEditing}
      chooser={
        <FilterSelect
          label={t('applications.yaml.object')}
          multiple={false}
          value={[object.id]}
          options={objects.map(({ id }) => ({ value: id, label: id }))}
          onChange={([id]) => {
            if (id) url.set({ node: id });
          }}
        />
      }
    />
  );
}

function OneObject(props: {
  object: YamlObject;
  editing: boolean;
  onEdit: (editing: boolean) => void;
  chooser: JSX.Element;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { address } = useApplication();
  const { object, editing, onEdit } = props;
  const live = useLive(
    signal =>
      api.call(
        'getManifest',
        { params: address, query: object.names },
        { signal },
      ),
    followApplication(address, `yaml/${object.id}`),
  );
  return (
    <>
      {!editing && props.chooser}
      <LiveView live={live} failed={t('applications.yaml.failed')}>
        {manifest =>
          editing ? (
            <ManifestEditor
              object={object}
              live={live}
              manifest={manifest}
              onDone={() => onEdit(false)}
            />
          ) : (
            <ManifestViewer
              object={object}
              manifest={manifest}
              onEdit={() => onEdit(true)}
            />
          )
        }
      </LiveView>
    </>
  );
}
