import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The server's address while developing: `npm run dev` starts both. */
const server = process.env.THROUGHLINE_URL ?? 'http://127.0.0.1:4400'

export default defineConfig({
  root: here('.'),
  plugins: [react()],
  // Nothing is inlined as data: the page is served under a content security policy that allows our own files alone.
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    reportCompressedSize: true,
  },
  server: { port: 4401, proxy: { '/api': server, '/healthz': server } },
})
