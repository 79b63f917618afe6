import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiProblem } from './api/index.ts'
import { createAppRouter } from './app/router.tsx'
import './ui/tokens/tokens.css'
import './ui/tokens/base.css'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // A refusal stays a refusal; only a server that could not be reached is asked again, once and soon: who waits wants to know.
      retry: (times, error) => times < 1 && error instanceof ApiProblem && error.status === 0,
      retryDelay: 400,
    },
  },
})
const router = createAppRouter(client)

const place = document.getElementById('root')
if (!place) throw new Error('index.html has no #root')
// A refusal of the server is told on the page; only our own mistakes belong into the console.
const onCaughtError = (error: unknown) => {
  if (!(error instanceof ApiProblem)) console.error(error)
}
createRoot(place, { onCaughtError }).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
