import TextField from '@material-ui/core/TextField';
import {
  imageSchema,
  type ApplicationResource,
  type WorkloadKind,
} from '@amamba/backstage-plugin-amamba-common';
import { useId, useState } from 'react';
import { useAmambaTranslation } from '../../../translation';
import { ActDialog } from './ActDialog';

type Containers = NonNullable<ApplicationResource['containers']>;

/** Asks for the images of containers and says what changing them does. */
export function ImageDialog(props: {
  workload: { kind: WorkloadKind; name: string };
  containers: Containers;
  onClose: () => void;
}) {
  const { t } = useAmambaTranslation();
  const id = useId();
  const { workload, containers } = props;
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const fields = containers.map(({ name, image, init }) => {
    const text = texts[name] ?? image;
    const wanted = text.trim();
    return {
      ...{ name, image, init, text, wanted },
      valid: wanted === image || imageSchema.safeParse(wanted).success,
    };
  });
  const changed = fields.filter(({ wanted, image }) => wanted !== image);
  const valid = fields.every(field => field.valid);
  const act =
    valid && changed.length > 0
      ? ({
          act: 'image',
          workload,
          images: changed.map(({ name, wanted }) => ({
            container: name,
            image: wanted,
          })),
        } as const)
      : undefined;
  return (
    <ActDialog
      act={act}
      label={t('applications.acts.image', { name: workload.name })}
      onClose={props.onClose}
      form={{
        missing: valid
          ? t('applications.acts.sameImage')
          : t('applications.acts.noImage'),
        fields: fields.map(({ name, init, text, valid: fine }) => (
          <TextField
            key={name}
            id={`${id}-${name}`}
            fullWidth
            margin="dense"
            variant="outlined"
            label={init ? t('applications.acts.initContainer', { name }) : name}
            value={text}
            error={!fine}
            helperText={fine ? undefined : t('applications.acts.noImage')}
            onChange={event =>
              setTexts({ ...texts, [name]: event.target.value })
            }
            inputProps={{ autoComplete: 'off', spellCheck: false }}
          />
        )),
      }}
    />
  );
}
