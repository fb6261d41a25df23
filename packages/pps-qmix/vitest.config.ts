import { tests } from '@murmuration/build/vitest';

export default tests();
