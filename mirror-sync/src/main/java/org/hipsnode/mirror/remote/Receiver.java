package org.hipsnode.mirror.remote;

/** Takes one answer, on the thread of the network, which must not be kept: head, pieces, then end or failure. */
public interface Receiver {

    /** Takes the head. */
    void head(Head head, Flow flow);

    /** Takes bytes of the body, which are the receiver's to give back. */
    void piece(Piece piece);

    /** Learns that the answer was whole. */
    void end();

    /** Learns that there is no more: also instead of the head. */
    void failed(Fault fault);

    /** The tap of a body; for any thread. */
    interface Flow {
        /** Lets no more come, until it is resumed as often as it was paused. */
        void pause();

        void resume();

        /** Wants no more: the receiver hears of nothing that follows. */
        void abort();
    }
}
