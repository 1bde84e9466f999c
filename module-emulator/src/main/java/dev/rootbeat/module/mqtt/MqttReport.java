package dev.rootbeat.module.mqtt;

/**
 * What the hosts are told.
 *
 * @param operation of the command
 * @param result of the operation, with what belongs to it
 * @param error what {@code AT+UMQTTER} shows from now on
 * @param isLast whether there is no connection any more
 */
record MqttReport(int operation, String result, MqttError error, boolean isLast) {

    static final int LOGOUT = 0;
    static final int LOGIN = 1;
    static final int SUBSCRIBE = 4;
    static final int UNSUBSCRIBE = 5;
    static final int SUCCEEDED = 1;

    /** The results of a connection that the host has not ended: it was inactive, was lost, or broke the protocol. */
    static final int INACTIVE = 100;

    static final int LOST = 101;
    static final int VIOLATED = 102;

    private static final int READ = 6;
    private static final int FAILED = 0;

    static MqttReport success(int operation) {
        return new MqttReport(operation, Integer.toString(SUCCEEDED), MqttError.NONE, false);
    }

    /** A subscription shows the quality that was granted. */
    static MqttReport subscribed(int qos, String filter) {
        return new MqttReport(SUBSCRIBE, detail(SUCCEEDED, qos, filter), MqttError.NONE, false);
    }

    static MqttReport failure(int operation, MqttError why) {
        return new MqttReport(operation, Integer.toString(FAILED), why, false);
    }

    /** A subscription that failed shows what was asked for. */
    static MqttReport notSubscribed(int qos, String filter, MqttError why) {
        return new MqttReport(SUBSCRIBE, detail(FAILED, qos, filter), why, false);
    }

    private static String detail(int result, int qos, String filter) {
        return result + "," + qos + ",\"" + filter + "\"";
    }

    static MqttReport unread(int messages) {
        return new MqttReport(READ, Integer.toString(messages), MqttError.NONE, false);
    }

    static MqttReport notLoggedIn(MqttError why) {
        return new MqttReport(LOGIN, Integer.toString(FAILED), why, true);
    }

    static MqttReport ended(int result, MqttError why) {
        return new MqttReport(LOGOUT, Integer.toString(result), why, true);
    }

    /** Whether an operation has come to something; messages come by themselves. */
    boolean isOutcome() {
        return operation != READ;
    }

    String line() {
        return operation + "," + result;
    }
}
