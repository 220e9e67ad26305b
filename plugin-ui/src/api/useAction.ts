import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { type ApiProblem, asProblem } from './problem';

interface Action<In, Out> {
  /** Does it, once, however often it was clicked meanwhile. */
  readonly run: (input: In) => void;
  readonly busy: boolean;
  readonly problem: ApiProblem | undefined;
  readonly result: Out | undefined;
  readonly reset: () => void;
}

/**
 * Something that changes the server. While it is under way another call of {@link Action.run} does nothing: a double
 * click, of which both halves come before React has disabled the button, is one action.
 */
export function useAction<In, Out>(
  act: (input: In) => Promise<Out>,
  options: { stale?: QueryKey[]; done?: (result: Out, input: In) => void; failed?: (problem: ApiProblem) => void } = {},
): Action<In, Out> {
  const queries = useQueryClient();
  const underWay = useRef(false);
  const mutation = useMutation({
    mutationFn: act,
    onSuccess: (result, input) => {
      options.stale?.forEach((queryKey) => void queries.invalidateQueries({ queryKey }));
      options.done?.(result, input);
    },
    onError: (thrown) => options.failed?.(asProblem(thrown)),
    onSettled: () => {
      underWay.current = false;
    },
  });
  return {
    run: (input) => {
      if (!underWay.current) {
        underWay.current = true;
        mutation.mutate(input);
      }
    },
    busy: mutation.isPending,
    problem: mutation.isError ? asProblem(mutation.error) : undefined,
    result: mutation.data,
    reset: mutation.reset,
  };
}
