export { element, type XmlFragment } from './escape';
export { XmlSyntaxError, type XmlElement } from './scan';
export { XmlDocument, type XmlPath } from './XmlDocument';
