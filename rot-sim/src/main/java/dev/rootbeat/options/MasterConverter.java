package dev.rootbeat.options;

import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.protocol.Bytes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a manufacturer's master secret in hexadecimal digits. What is refused may be a secret, so it is not repeated. */
public final class MasterConverter implements ITypeConverter<Bytes> {

    /** Made by picocli. */
    public MasterConverter() {}

    @Override
    public Bytes convert(String digits) {
        try {
            Bytes master = Bytes.ofHex(digits);
            if (master.size() >= KeyHierarchy.MIN_MASTER_OCTETS) {
                return master;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new TypeConversionException("a master secret is at least " + 2 * KeyHierarchy.MIN_MASTER_OCTETS
                + " hexadecimal digits, of an even number");
    }
}
