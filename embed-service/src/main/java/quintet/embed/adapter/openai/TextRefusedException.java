package quintet.embed.adapter.openai;

/** The server will never take one of the texts of a request. */
final class TextRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    TextRefusedException(int status) {
        super("the embedding server refused it with status " + status);
    }
}
