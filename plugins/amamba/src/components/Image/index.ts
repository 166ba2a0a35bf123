export { Image, Images } from './Images';
