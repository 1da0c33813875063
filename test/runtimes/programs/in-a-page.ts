// What a page in a browser is given: its test calls these.
import { emulatorOf, ofEachSystem, restoreAt, restoreInProcess } from './restore-systems.ts';

Object.assign(globalThis, {
  restoreAt,
  restoreAllInProcess: () => ofEachSystem(restoreInProcess),
  listen: (name: string) =>
    emulatorOf(name)
      .listen()
      .then(
        () => 'listens',
        (error: Error) => error.message,
      ),
});
