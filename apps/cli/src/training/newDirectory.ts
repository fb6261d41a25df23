import { mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { fileError, makeDirectory } from '@murmuration/core/node';
import { isPath } from '../world';

/** A name for files from an id or the path of a module: `coordination/3` gives `coordination-3`. */
export const fileNameOf = (reference: string): string => {
  const [path, variant] = reference.split('#');
  const name = isPath(reference) ? basename(path, extname(path)) : path;
  return [name, variant]
    .filter((part) => part !== undefined)
    .join('-')
    .replace(/[^\w.-]+/g, '-');
};

/**
 * Make a directory that was not there before: `runs/NAME`, else `runs/NAME-2` and so on.
 * @throws FileError
 */
export const newDirectory = async (name: string): Promise<string> => {
  await makeDirectory('runs');
  for (let count = 1; ; count++) {
    const path = join('runs', count === 1 ? name : `${name}-${count}`);
    try {
      await mkdir(path);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw fileError('create directory', dirname(path), error);
      }
    }
  }
};
