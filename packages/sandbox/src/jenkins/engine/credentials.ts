import type { Credential } from '../execution/types';
import type { SecretBox } from '../config/SecretBox';
import type { Folder } from '../model/Item';
import {
  appendChild,
  removeElement,
  replaceElement,
  replaceTexts,
  setProperty,
  XmlNode,
} from '../xml/editor';
import {
  childOf,
  childText,
  elementAt,
  parseXml,
  XmlElement,
} from '../xml/reader';

/** How Jenkins keeps the credentials of a folder inside its config.xml. */
export const CREDENTIALS_PROPERTY =
  'com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider_-FolderCredentialsProperty';
const MAP = 'domainCredentialsMap';
const LIST = 'java.util.concurrent.CopyOnWriteArrayList';
const DOMAIN = 'com.cloudbees.plugins.credentials.domains.Domain';

const SECRET_FIELDS = [
  'password',
  'passphrase',
  'privateKey',
  'secret',
  'secretBytes',
];
const ID = /^[a-zA-Z0-9_.-]+$/;

/** A kind of credential this stand-in knows, told by the element name. */
interface Kind {
  typeName: string;
  displayName(element: XmlElement): string;
  read(element: XmlElement, text: (name: string) => string): Credential;
}

const KINDS: Record<string, Kind> = {
  'com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl': {
    typeName: 'Username with password',
    displayName: element => `${childText(element, 'username') ?? ''}/******`,
    read: (_, text) => ({
      kind: 'usernamePassword',
      id: text('id'),
      username: text('username'),
      password: text('password'),
    }),
  },
  'org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl': {
    typeName: 'Secret text',
    displayName: element => childText(element, 'id') ?? '',
    read: (_, text) => ({
      kind: 'string',
      id: text('id'),
      secret: text('secret'),
    }),
  },
  'org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl': {
    typeName: 'Secret file',
    displayName: element => childText(element, 'fileName') ?? '',
    read: (_, text) => ({
      kind: 'file',
      id: text('id'),
      fileName: text('fileName'),
      content: Buffer.from(text('secretBytes'), 'base64'),
    }),
  },
  'com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey': {
    typeName: 'SSH Username with private key',
    displayName: element => childText(element, 'username') ?? '',
    read: (_, text) => ({
      kind: 'sshUserPrivateKey',
      id: text('id'),
      username: text('username'),
      privateKey: text('privateKey'),
      passphrase: text('passphrase') || undefined,
    }),
  },
};

/** What the credentials API shows of one credential. */
export interface CredentialSummary {
  id: string;
  className: string;
  typeName: string;
  displayName: string;
  description: string;
}

function listOf(root: XmlElement): XmlElement | undefined {
  return elementAt(
    root,
    'properties',
    CREDENTIALS_PROPERTY,
    MAP,
    'entry',
    LIST,
  );
}

function elementsOf(folder: Folder): XmlElement[] {
  return listOf(parseXml(folder.xml))?.children ?? [];
}

function find(folder: Folder, id: string): XmlElement | undefined {
  return elementsOf(folder).find(element => childText(element, 'id') === id);
}

/** All elements below one that hold a secret. */
function secretElements(element: XmlElement): XmlElement[] {
  return element.children.flatMap(child =>
    SECRET_FIELDS.includes(child.name) ? [child] : secretElements(child),
  );
}

/** Why a credential was refused. `conflict` is answered with 409. */
export class CredentialRefused extends Error {
  readonly conflict: boolean;

  constructor(message: string, conflict = false) {
    super(message);
    this.conflict = conflict;
  }
}

/**
 * The credentials of one folder. They stand in the folder's own config.xml, as in Jenkins: who posts a config.xml
 * without them, removes them.
 */
export class FolderCredentials {
  private readonly folder: Folder;
  private readonly secrets: SecretBox;
  private readonly write: (xml: string) => void;

  constructor(
    folder: Folder,
    secrets: SecretBox,
    write: (xml: string) => void,
  ) {
    this.folder = folder;
    this.secrets = secrets;
    this.write = write;
  }

  list(): CredentialSummary[] {
    return elementsOf(this.folder).map(element => this.summary(element));
  }

  get(id: string): CredentialSummary | undefined {
    const element = find(this.folder, id);
    return element && this.summary(element);
  }

  /** The XML of a credential with its secrets replaced by `<secret-redacted/>`. */
  redactedXml(id: string): string | undefined {
    const element = find(this.folder, id);
    if (!element) return undefined;
    const text = this.folder.xml.slice(element.start, element.end);
    return secretElements(parseXml(text))
      .reverse()
      .reduce(
        (xml, { name, start, end }) =>
          `${xml.slice(0, start)}<${name}>\n    <secret-redacted/>\n  </${name}>${xml.slice(end)}`,
        text,
      );
  }

  /** @throws CredentialRefused, XmlError */
  create(xml: string): void {
    const { id, text } = this.accept(xml);
    if (find(this.folder, id)) {
      throw new CredentialRefused(`Credential with id ${id} exists`, true);
    }
    const list = listOf(parseXml(this.folder.xml));
    const node = { raw: text };
    if (list) {
      this.write(appendChild(this.folder.xml, list, node));
      return;
    }
    const entry: XmlNode = {
      name: 'entry',
      content: [
        { name: DOMAIN, content: [{ name: 'specifications' }] },
        { name: LIST, content: [node] },
      ],
    };
    const map: XmlNode = {
      name: MAP,
      attributes: { class: 'hudson.util.CopyOnWriteMap$Hash' },
      content: [entry],
    };
    this.write(setProperty(this.folder.xml, CREDENTIALS_PROPERTY, [map]));
  }

  /** Replaces a whole credential; a redacted secret in the new text leaves an empty one. False: no such id. */
  update(id: string, xml: string): boolean {
    const element = find(this.folder, id);
    if (!element) return false;
    const accepted = this.accept(xml);
    if (accepted.id !== id) {
      throw new CredentialRefused('The id of a credential cannot be changed');
    }
    this.write(
      replaceElement(this.folder.xml, element, { raw: accepted.text }),
    );
    return true;
  }

  /** False: no such id. */
  delete(id: string): boolean {
    const element = find(this.folder, id);
    if (!element) return false;
    this.write(removeElement(this.folder.xml, element));
    return true;
  }

  private summary(element: XmlElement): CredentialSummary {
    const kind = KINDS[element.name];
    const id = childText(element, 'id') ?? '';
    const description = childText(element, 'description') ?? '';
    const shown = kind ? kind.displayName(element) : id;
    return {
      id,
      className: element.name,
      typeName: kind?.typeName ?? element.name,
      displayName: description ? `${shown} (${description})` : shown,
      description,
    };
  }

  private accept(xml: string): { id: string; text: string } {
    const trimmed = xml
      .replace(/^\uFEFF?\s*(<\?xml[^>]*\?>)?\s*/, '')
      .trimEnd();
    const element = parseXml(trimmed);
    if (!KINDS[element.name]) {
      throw new CredentialRefused(
        `This stand-in does not know credentials of class ${element.name}`,
      );
    }
    const id = childText(element, 'id')?.trim() ?? '';
    if (!ID.test(id)) {
      throw new CredentialRefused(
        `The id "${id}" is not of the form ${ID.source}`,
      );
    }
    const edits = secretElements(element).map(child => ({
      element: child,
      // A text that was redacted when read carries no secret: nothing is left of it.
      value: childOf(child, 'secret-redacted')
        ? ''
        : this.secrets.encrypt(this.secrets.decrypt(child.text)),
    }));
    return { id, text: replaceTexts(trimmed, edits) };
  }
}

/** Finds a credential in this folder or the ones above it, with its secrets in clear. */
export function resolveCredential(
  from: Folder,
  id: string,
  secrets: SecretBox,
): Credential | undefined {
  for (let folder: Folder | undefined = from; folder; folder = folder.parent) {
    const element = find(folder, id);
    const kind = element && KINDS[element.name];
    if (element && kind) {
      const nested = secretElements(element);
      return kind.read(element, name => {
        const secret = nested.find(child => child.name === name);
        return secret
          ? secrets.decrypt(secret.text)
          : (childText(element, name) ?? '');
      });
    }
  }
  return undefined;
}
