package dev.rootbeat.server.api;

import dev.rootbeat.server.ca.RootCaService;
import dev.rootbeat.server.device.DeviceService;
import dev.rootbeat.server.device.OperationService;
import dev.rootbeat.server.store.Store;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What the REST interface calls.
 *
 * @param random draws the secret of tokens and the names of profiles
 */
public record Services(
        Store store,
        RootCaService rootCas,
        OperationService operations,
        DeviceService devices,
        RandomGenerator random,
        InstantSource clock) {}
