package dev.rootbeat.demo;

/** Something in the demonstration is not as it should be; the message is a sentence for people. */
final class DemoFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoFailure(String message) {
        super(message);
    }

    DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
