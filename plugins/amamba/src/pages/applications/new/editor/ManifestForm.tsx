import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import {
  addDocument,
  applicationPorts,
  editForm,
  formWorkloadKinds,
  ingressOf,
  isFormWorkload,
  removeDocument,
  renameApplication,
  serviceOf,
  switchKind,
  type FormDocument,
  type KubeJson,
} from '@amamba/backstage-plugin-amamba-common';
import { useCallback, useMemo, useRef } from 'react';
import { Section } from '../../../../components/Page';
import {
  useYamlForm,
  YamlFields,
  type FieldPath,
  type FieldSpec,
  type YamlForm,
} from '../../../../components/YamlForm';
import { useAmambaTranslation } from '../../../../translation';
import { ingressFields, serviceFields } from '../fields/trafficFields';
import { workloadFields } from '../fields/workloadFields';
import type { DocumentProblem } from './useManifestProblems';

const KINDS_SHOWN = new Set(['Application', 'Service', 'Ingress']);

interface EditProps {
  text: string;
  onChange: (text: string) => void;
  problems: readonly DocumentProblem[];
}

/** The objects of a text as fields; what it edits is the text, and nothing but what was changed. */
export function ManifestForm(
  props: EditProps & { documents: readonly FormDocument[] },
) {
  const { t } = useAmambaTranslation();
  const { documents, text, onChange } = props;
  const workload = documents.find(({ kind }) => isFormWorkload(kind));
  const services = documents.filter(({ kind }) => kind === 'Service');
  const ingresses = documents.filter(({ kind }) => kind === 'Ingress');
  const others = documents.filter(
    one => one !== workload && !KINDS_SHOWN.has(one.kind),
  );
  const ports = workload ? applicationPorts(workload.value) : [];
  const [service] = services;
  const portName = ports[0]?.name ?? 'http';
  return (
    <>
      {workload && <WorkloadSection {...props} document={workload} />}
      {services.map(document => (
        <ObjectSection
          key={document.index}
          {...props}
          document={document}
          title={t('appForm.service.title')}
          fields={serviceFields(t)}
          remove={t('appForm.service.remove')}
        />
      ))}
      {ingresses.map(document => (
        <ObjectSection
          key={document.index}
          {...props}
          document={document}
          title={t('appForm.ingress.title')}
          fields={ingressFields(t)}
          remove={t('appForm.ingress.remove')}
        />
      ))}
      {workload && services.length === 0 && (
        <Button
          onClick={() =>
            onChange(addDocument(text, serviceOf(workload.name, ports)))
          }
        >
          {t('appForm.service.add')}
        </Button>
      )}
      {service && ingresses.length === 0 && (
        <Button
          onClick={() =>
            onChange(
              addDocument(
                text,
                ingressOf(service.name, 'example.com', portName),
              ),
            )
          }
        >
          {t('appForm.ingress.add')}
        </Button>
      )}
      {others.length > 0 && (
        <Typography variant="body2">
          {t('createApplication.others', {
            objects: others
              .map(({ kind, name }) => `${kind}/${name}`)
              .join(', '),
          })}
        </Typography>
      )}
    </>
  );
}

/** A form over one document of a text. */
function useDocumentForm(
  props: EditProps & { document: FormDocument },
  change: (path: FieldPath, to: KubeJson | undefined) => string,
): YamlForm {
  const { document, onChange, problems } = props;
  const latest = useRef({ change, onChange });
  latest.current = { change, onChange };
  const set = useCallback((path: FieldPath, to: KubeJson | undefined) => {
    latest.current.onChange(latest.current.change(path, to));
  }, []);
  const own = useMemo(
    () => problems.filter(problem => problem.document === document.index),
    [problems, document.index],
  );
  return useYamlForm(document.value, set, own);
}

function WorkloadSection(props: EditProps & { document: FormDocument }) {
  const { t } = useAmambaTranslation();
  const { document, text } = props;
  const { index, kind, name } = document;
  // while the field is empty, the others keep the name that they have
  const lastName = useRef(name);
  if (name !== '') lastName.current = name;
  const form = useDocumentForm(props, (path, to) => {
    const at = path.join('.');
    if (at === 'kind') {
      const chosen = formWorkloadKinds.find(known => known === to);
      return chosen ? switchKind(text, index, chosen) : text;
    }
    if (at === 'metadata.name' && typeof to === 'string') {
      const made = renameApplication(text, lastName.current, to);
      return editForm(made, index, path, to);
    }
    return editForm(text, index, path, to);
  });
  const fields = useMemo(() => workloadFields(t, kind), [t, kind]);
  return (
    <>
      {fields.map(section => (
        <Section key={section.title} title={section.title} help={section.help}>
          <YamlFields form={form} at={[]} fields={section.fields} />
        </Section>
      ))}
    </>
  );
}

function ObjectSection(
  props: EditProps & {
    document: FormDocument;
    title: string;
    fields: readonly FieldSpec[];
    remove: string;
  },
) {
  const { document, text, onChange } = props;
  const form = useDocumentForm(props, (path, to) =>
    editForm(text, document.index, path, to),
  );
  return (
    <Section title={props.title}>
      <YamlFields form={form} at={[]} fields={props.fields} />
      <Button
        size="small"
        onClick={() => onChange(removeDocument(text, document.index))}
      >
        {props.remove}
      </Button>
    </Section>
  );
}
