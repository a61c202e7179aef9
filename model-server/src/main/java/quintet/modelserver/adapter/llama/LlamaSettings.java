package quintet.modelserver.adapter.llama;

/**
 * How a model is run.
 *
 * @param contextTokens cells of its cache, for all sequences together
 * @param sequences how many
 * @param batchTokens most tokens of a decode
 * @param threads that compute
 */
record LlamaSettings(int contextTokens, int sequences, int batchTokens, int threads) {}
