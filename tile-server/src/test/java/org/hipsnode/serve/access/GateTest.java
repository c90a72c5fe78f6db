package org.hipsnode.serve.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.hipsnode.config.ConfigException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Predicate<Credential> CO = Gate.seeing(SurveyPatternTest.survey("planck/co", "ivo://T/P/co"));
    private static final Predicate<Credential> DUST =
            Gate.seeing(SurveyPatternTest.survey("planck/dust", "ivo://T/P/dust"));
    private static final Offer ALICE = new Offer.Basic("alice", "hunter2");
    private static final Offer TOKEN = new Offer.Bearer(CredentialListTest.TOKEN);
    private static final String HERE = "192.0.2.1";

    private long nanos;
    private Gate gate;

    @BeforeEach
    void open() throws ConfigException {
        gate = new Gate(
                CredentialList.parse(
                        "viewer: {token-hash: " + CredentialListTest.TOKEN_HASH + ", surveys: [planck/co]}\n"
                                + "alice: {password-hash: " + CredentialListTest.PASSWORD_HASH
                                + ", surveys: ['planck/c*']}\n",
                        "c.yaml"),
                () -> nanos);
    }

    private void wait(int seconds) {
        nanos += Duration.ofSeconds(seconds).toNanos();
    }

    private static Offer guess(int number) {
        return new Offer.Basic("alice", "guess" + number);
    }

    @Test
    void aTokenIsKnownAtOnce() {
        assertThat(gate.decide(CO, TOKEN, HERE)).contains(Verdict.GRANTED);
        assertThat(gate.decide(DUST, TOKEN, HERE)).contains(Verdict.WRONG_CREDENTIAL);
        assertThat(gate.decide(CO, new Offer.Bearer("hunter2"), HERE)).contains(Verdict.WRONG_CREDENTIAL);
        assertThat(gate.decide(CO, new Offer.None(), HERE)).contains(Verdict.NO_CREDENTIAL);
    }

    @Test
    void aTokenMayStandForAPasswordWhereAClientKnowsOnlyThose() {
        assertThat(gate.decide(CO, new Offer.Basic("viewer", CredentialListTest.TOKEN), HERE))
                .contains(Verdict.GRANTED);
        assertThat(gate.decide(CO, new Offer.Basic("viewer", "x"), HERE)).contains(Verdict.WRONG_CREDENTIAL);
        assertThat(gate.check(CO, new Offer.Basic("alice", CredentialListTest.TOKEN), HERE))
                .isEqualTo(Verdict.WRONG_CREDENTIAL);
    }

    @Test
    void aPasswordIsCheckedOnceForAllSurveysAndClients() {
        assertThat(gate.decide(CO, ALICE, HERE)).isEmpty();
        assertThat(gate.check(CO, ALICE, HERE)).isEqualTo(Verdict.GRANTED);
        assertThat(gate.decide(CO, ALICE, HERE)).contains(Verdict.GRANTED);
        assertThat(gate.decide(DUST, ALICE, "elsewhere")).contains(Verdict.WRONG_CREDENTIAL);
        wait(601);
        assertThat(gate.decide(CO, ALICE, HERE)).as("not remembered for ever").isEmpty();
    }

    @Test
    void aWrongPasswordIsRememberedTooAndCountsOnce() {
        for (int i = 0; i < 3 * Gate.GUESSES; i++) {
            assertThat(gate.check(CO, guess(1), HERE)).isEqualTo(Verdict.WRONG_CREDENTIAL);
        }
        assertThat(gate.decide(CO, guess(1), HERE)).contains(Verdict.WRONG_CREDENTIAL);
        assertThat(gate.check(CO, ALICE, HERE)).isEqualTo(Verdict.GRANTED);
    }

    @Test
    void aNameThatNobodyHasIsWrongAsAPasswordIs() {
        assertThat(gate.decide(CO, new Offer.Basic("mallory", "hunter2"), HERE)).isEmpty();
        assertThat(gate.check(CO, new Offer.Basic("mallory", "hunter2"), HERE)).isEqualTo(Verdict.WRONG_CREDENTIAL);
    }

    @Test
    void whoGuessesIsNotListenedToForAMinuteButOthersAre() {
        gate.check(CO, ALICE, "here before");
        for (int i = 0; i < Gate.GUESSES; i++) {
            assertThat(gate.check(CO, guess(i), HERE)).isEqualTo(Verdict.WRONG_CREDENTIAL);
        }
        assertThat(gate.check(CO, guess(99), HERE)).isEqualTo(Verdict.TOO_MANY_GUESSES);
        assertThat(gate.decide(CO, guess(99), HERE)).contains(Verdict.TOO_MANY_GUESSES);
        assertThat(gate.decide(CO, guess(0), HERE)).contains(Verdict.WRONG_CREDENTIAL);
        assertThat(gate.decide(CO, ALICE, HERE)).as("known to be right").contains(Verdict.GRANTED);
        assertThat(gate.decide(CO, TOKEN, HERE)).contains(Verdict.GRANTED);
        assertThat(gate.decide(CO, guess(99), "elsewhere")).isEmpty();
        wait(Gate.GUESSING_SECONDS + 1);
        assertThat(gate.decide(CO, guess(99), HERE)).isEmpty();
    }

    @Test
    void anotherListForgetsOnlyWhatItChanges() throws ConfigException {
        gate.check(CO, ALICE, HERE);
        gate.check(CO, guess(1), HERE);
        String entry = "{password-hash: " + CredentialListTest.PASSWORD_HASH + ", surveys: [planck/dust]}\n";
        Gate more = gate.with(CredentialList.parse("alice: " + entry + "bob: " + entry, "c.yaml"));
        assertThat(more.decide(DUST, ALICE, HERE)).contains(Verdict.GRANTED);
        assertThat(more.decide(CO, ALICE, HERE)).as("of other surveys now").contains(Verdict.WRONG_CREDENTIAL);
        assertThat(more.decide(DUST, guess(1), HERE)).contains(Verdict.WRONG_CREDENTIAL);
        String other = SecretHash.OfPassword.of("guess1", new java.security.SecureRandom(), 100_000)
                .toString();
        Gate changed =
                more.with(CredentialList.parse("alice: {password-hash: " + other + ", surveys: ['*']}", "c.yaml"));
        assertThat(changed.decide(CO, ALICE, HERE)).as("to be checked anew").isEmpty();
        assertThat(changed.check(CO, ALICE, HERE)).isEqualTo(Verdict.WRONG_CREDENTIAL);
        assertThat(changed.check(CO, guess(1), HERE)).isEqualTo(Verdict.GRANTED);
        Gate without = changed.with(CredentialList.parse("bob: " + entry, "c.yaml"));
        assertThat(without.check(DUST, guess(1), HERE)).isEqualTo(Verdict.WRONG_CREDENTIAL);
    }

    @Test
    void withoutCredentialsNobodyComesInAndNothingIsChecked() {
        Gate closed = new Gate(CredentialList.EMPTY);
        assertThat(closed.decide(CO, ALICE, HERE)).isEqualTo(Optional.of(Verdict.WRONG_CREDENTIAL));
        assertThat(closed.decide(CO, TOKEN, HERE)).isEqualTo(Optional.of(Verdict.WRONG_CREDENTIAL));
    }
}
