import { scenario } from '../../helpers/scenario';

export const run = scenario(__dirname);
