package dev.rootbeat.server.device;

/** Why an operation on one device is refused; nothing has changed then. The names are stable: the API shows them. */
public enum OperationError {
    /** No such device, or not of the caller's domain: the two are not told apart, so that nobody can probe. */
    UNKNOWN_DEVICE("the device is unknown or belongs to another domain"),
    /** The device is blacklisted. */
    NOT_ACTIVATED("the device is not activated: unblock it first"),
    /** The device has no active plan. */
    NO_PLAN("the device has no active plan: choose one on its profile or on the device"),
    /** The developer plan is full. */
    PLAN_LIMIT("the domain has as many devices on the developer plan as it may have: choose another plan"),
    /** A clone is suspected. */
    FROZEN("a clone of the device is suspected: resolve it first"),
    /** The firmware is too old. */
    FIRMWARE_NOT_SUPPORTED("the device's firmware does not support the certificate manager: version 01B or later does"),
    /** There is no certificate to work on. */
    NO_CERTIFICATE("the device has no certificate"),
    /** There is a certificate already. */
    HAS_CERTIFICATE("the device has a certificate already"),
    /** A delete is pending, and final. */
    DELETE_PENDING("a delete is pending for the device"),
    /** The present key was revoked. */
    REVOKED("the certificate was revoked: only update and delete are possible"),
    /** No such Root CA in reach of the caller's domain. */
    UNKNOWN_ROOT_CA("the Root CA is unknown or belongs to another domain"),
    /** The Root CA may not issue. */
    ROOT_CA_UNUSABLE("the Root CA is expired, disabled or compromised"),
    /** The transfer would change nothing. */
    SAME_ROOT_CA("the certificate is signed by this Root CA already"),
    /** The Root CA is another domain's and the code is missing, wrong or used up. */
    CONSENT_NEEDED("a Root CA of another domain needs a consent code that its owner created and that is unused");

    private final String sentence;

    OperationError(String sentence) {
        this.sentence = sentence;
    }

    /** A sentence for people. */
    public String sentence() {
        return sentence;
    }
}
