/** Root element of a folder's config.xml. */
export const FOLDER_CLASS = 'com.cloudbees.hudson.plugins.folder.Folder';

/** A new, empty folder; Jenkins fills in the rest. Existing folders are never written: they hold credentials. */
export const NEW_FOLDER = `<?xml version='1.1' encoding='UTF-8'?>
<${FOLDER_CLASS}>
  <description></description>
  <properties/>
</${FOLDER_CLASS}>
`;
