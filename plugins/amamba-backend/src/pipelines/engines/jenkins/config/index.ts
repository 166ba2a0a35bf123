export { FOLDER_CLASS, NEW_FOLDER } from './folder';
export { fingerprint, readJob, type JobModel } from './readJob';
export { JOB_ROOT, newJob, writeJob } from './writeJob';
