/** One event of a stream; `data` is as it was sent. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/** Reads `text/event-stream` piece by piece; a comment, such as a heartbeat, is no event. */
export class EventParser {
  #rest = '';

  push(text: string): ServerEvent[] {
    const blocks = (this.#rest + text).replace(/\r\n?/g, '\n').split('\n\n');
    this.#rest = blocks.pop() ?? '';
    return blocks.flatMap(eventOf);
  }
}

function eventOf(block: string): ServerEvent[] {
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const [, field, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === 'event' && value !== undefined) {
      event = value;
    } else if (field === 'data' && value !== undefined) {
      data.push(value);
    }
  }
  return data.length === 0 && event === 'message' ? [] : [{ event, data: data.join('\n') }];
}
