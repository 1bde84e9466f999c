/** Money: plans and their prices, subscription periods, invoices and how they reach people. */
@NullMarked
package dev.rootbeat.server.billing;

import org.jspecify.annotations.NullMarked;
