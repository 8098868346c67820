/** What the name of a network file ends with. */
export const NETWORK_SUFFIX = '.scrawlnet.json';
