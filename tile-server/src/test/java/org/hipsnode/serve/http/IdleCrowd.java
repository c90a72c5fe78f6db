package org.hipsnode.serve.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A process of its own that keeps many connections: the files that one process may open would not do for both ends. */
final class IdleCrowd {
    private IdleCrowd() {}

    /** Takes the port, the path to ask for, and how many; every second one asks once, the others say nothing. Ends with its input. */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        byte[] request = ("GET " + arguments[1] + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        int many = Integer.parseInt(arguments[2]);
        List<Socket> crowd = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            if (i % 2 == 0) {
                ask(socket, request);
            }
            crowd.add(socket);
        }
        System.out.println(crowd.size());
        System.in.read();
    }

    private static void ask(Socket socket, byte[] request) throws IOException {
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request);
        InputStream in = socket.getInputStream();
        if (in.read() < 0) {
            throw new IOException("connection closed by the server; expected an answer");
        }
    }
}
