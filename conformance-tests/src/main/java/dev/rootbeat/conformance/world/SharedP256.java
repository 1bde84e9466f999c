package dev.rootbeat.conformance.world;

import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.crypto.SeededP256;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The key pairs of many worlds: the first one that a world generates is the same in all of them, and so on. */
public final class SharedP256 {

    private static final long SEED = 1;

    private final P256 source = new DeterministicP256(new SplittableRandom(SEED));
    private final List<KeyPair> pairs = new ArrayList<>();

    /** Begins without any. */
    public SharedP256() {}

    private synchronized KeyPair pair(int place) {
        while (pairs.size() <= place) {
            pairs.add(source.generateKeyPair());
        }
        return pairs.get(place);
    }

    /** What one world generates keys with. */
    P256 forOneWorld() {
        var rest = new SeededP256(new SplittableRandom(SEED));
        return new P256() {
            private int used;

            @Override
            public KeyPair generateKeyPair() {
                return pair(used++);
            }

            @Override
            public byte[] sign(PrivateKey key, byte[] message) {
                return rest.sign(key, message);
            }

            @Override
            public boolean verify(PublicKey key, byte[] message, byte[] signature) {
                return rest.verify(key, message, signature);
            }

            @Override
            public PublicKey publicKey(byte[] subjectPublicKeyInfo) throws GeneralSecurityException {
                return rest.publicKey(subjectPublicKeyInfo);
            }

            @Override
            public PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
                return rest.privateKey(pkcs8);
            }
        };
    }
}
