package dev.rootbeat.module.at;

import java.util.Arrays;
import java.util.Optional;

/**
 * The errors that a module answers with (AT reference, section 1.7). The wording is the module's own, in lower case as
 * SARA-R5 prints it, with the service's name in front for those of the security services.
 */
public enum AtError {
    /** The module itself failed. */
    PHONE_FAILURE(0, "phone failure"),
    /** Not now, or not in this state. */
    OPERATION_NOT_ALLOWED(3, "operation not allowed"),
    /** Not by this product. */
    OPERATION_NOT_SUPPORTED(4, "operation not supported"),
    /** No SIM card. */
    SIM_NOT_INSERTED(10, "SIM not inserted"),
    /** The SIM card is not ready yet. */
    SIM_BUSY(14, "SIM busy"),
    /** No room left. */
    MEMORY_FULL(20, "memory full"),
    /** A number that names nothing. */
    INVALID_INDEX(21, "invalid index"),
    /** A name that names nothing. */
    NOT_FOUND(22, "not found"),
    /** Text beyond its limit. */
    TEXT_TOO_LONG(24, "text string too long"),
    /** Characters that the text may not have. */
    INVALID_CHARACTERS(25, "invalid characters in text string"),
    /** Not registered with a network. */
    NO_NETWORK_SERVICE(30, "no network service"),
    /** The network did not answer. */
    NETWORK_TIMEOUT(31, "network timeout"),
    /** A parameter is missing, too much, of the wrong type or out of range. */
    INCORRECT_PARAMETERS(50, "incorrect parameters"),
    /** The command exists and is switched off. */
    DISABLED(51, "command implemented but currently disabled"),
    /** The host aborted the command. */
    ABORTED_BY_USER(52, "command aborted by user"),
    /** A command that the module does not know. */
    UNKNOWN(100, "unknown"),
    /** The packet domain failed. */
    GPRS_UNSPECIFIED(148, "unspecified GPRS error"),
    /** The file system failed. */
    FFS_ERROR(1600, "FFS error"),
    /** No file of this name. */
    FILE_NOT_FOUND(1612, "FILE NOT FOUND"),
    /** The file system holds as many files as it can. */
    FFS_FILES_EXCEEDED(1636, "FFS maximum number of files exceeded"),
    /** The file system has no room. */
    FFS_MEMORY_NOT_AVAILABLE(1637, "FFS memory not available"),
    /** A file cannot have this name. */
    FFS_INVALID_FILENAME(1638, "FFS invalid filename"),
    /** No payload for a file came in time after the prompt. */
    FFS_TIMEOUT(1649, "FFS timeout"),
    /** The line is longer than a command line may be. */
    COMMAND_LINE_TOO_LONG(1650, "command line too long"),
    /** The service is in another state than the command needs. */
    SEC_WRONG_STATE(1670, "SEC remote object wrong state"),
    /** The Root of Trust is not bootstrapped yet. */
    SEC_NOT_PERSONALIZED(1671, "SEC ROT not personalized"),
    /** The service could not be reached. */
    SEC_LOSS_OF_CONNECTIVITY(1672, "SEC loss of connectivity"),
    /** The service refuses the device, or knows no such profile. */
    SEC_NOT_AUTHORIZED(1673, "SEC service not authorized"),
    /** The Root of Trust has nothing of the kind to give. */
    SEC_RESOURCE_NOT_AVAILABLE(1676, "SEC resource not available"),
    /** There is no such data yet. */
    SEC_DATA_NOT_AVAILABLE(1677, "SEC data not available"),
    /** The service did not answer in time. */
    SEC_TIMEOUT(1678, "SEC timeout"),
    /** The data does not fit together, or is of a kind that is not supported. */
    SEC_DATA_INCONSISTENT(1679, "SEC data inconsistent or unsupported"),
    /** The host and the module are paired already. */
    SEC_C2C_ALREADY_PAIRED(1681, "SEC C2C already paired"),
    /** As many chip-to-chip channels as there are are in use. */
    SEC_C2C_CHANNELS_CONSUMED(1682, "SEC C2C channels consumed"),
    /** The host and the module are not paired. */
    SEC_C2C_NOT_PAIRED(1683, "SEC C2C pairing not present"),
    /** Another security transaction runs, or the module has just booted. */
    SEC_BUSY(1684, "SEC busy"),
    /** The secure data suite is switched off. */
    SEC_DISABLED(1689, "SEC disabled"),
    /** No payload came in time after the prompt. */
    IMPORT_TIMEOUT(1910, "USECMNG import timeout expired (no input for > 20 s)"),
    /** The credential is larger than the store takes. */
    IMPORT_SIZE_EXCEEDED(1911, "USECMNG import file size exceeds limit"),
    /** The credential store has no memory. */
    IMPORT_NO_MEMORY(1912, "USECMNG no memory available"),
    /** The payload is no certificate or key. */
    IMPORT_BAD_FORMAT(1913, "USECMNG invalid certificate/key format"),
    /** The credential store is full. */
    IMPORT_DATABASE_FULL(1914, "USECMNG database full"),
    /** The command took too long. */
    COMMAND_TIMEOUT(2000, "command timeout"),
    /** The command was aborted. */
    COMMAND_ABORTED(3000, "command aborted");

    private final int number;
    private final String text;

    AtError(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** Finds an error by its number or by its text, in upper or lower case. */
    public static Optional<AtError> of(String numberOrText) {
        return Arrays.stream(values())
                .filter(error ->
                        numberOrText.equals(String.valueOf(error.number)) || numberOrText.equalsIgnoreCase(error.text))
                .findFirst();
    }

    /** The number that {@code +CMEE=1} shows. */
    public int number() {
        return number;
    }

    /** The text that {@code +CMEE=2} shows. */
    public String text() {
        return text;
    }
}
