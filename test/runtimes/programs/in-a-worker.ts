// A Worker: `/` restores all systems in the Worker itself, and `/?system=...&baseUrl=...` restores one over the network.
import { ofEachSystem, restoreAt, restoreInProcess } from './restore-systems.ts';

const worker = {
  async fetch(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const [name, baseUrl] = [searchParams.get('system'), searchParams.get('baseUrl')];
    if (name === null || baseUrl === null) return Response.json(await ofEachSystem(restoreInProcess));
    return Response.json(await restoreAt(name, { baseUrl }).catch((error: Error) => ({ error: error.stack })));
  },
};

// biome-ignore lint/style/noDefaultExport: Workers have to be the default export.
export default worker;
