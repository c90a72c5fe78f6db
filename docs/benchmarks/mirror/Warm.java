import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.hipsnode.progress.Progress;
import org.hipsnode.mirror.pull.Mirror;
import org.hipsnode.mirror.pull.MirrorReport;
import org.hipsnode.mirror.pull.MirrorRequest;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.mirror.transfer.Host;
import org.hipsnode.io.WebAddress;

/** Runs mirrors as a running node does, one for each line "URL FOLDER" that it reads, and prints what came of it and the seconds. */
public final class Warm {
    public static void main(String[] args) throws Exception {
        HttpFiles files = new HttpFiles("benchmark");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            WebAddress address = WebAddress.parse(words[0]).orElseThrow();
            MirrorRequest request = MirrorRequest.of(Host.of(address, "benchmark"), Path.of(words[1]));
            long began = System.nanoTime();
            MirrorReport report = new Mirror(request, files, Clock.systemUTC()).run(2, new Progress(System::nanoTime));
            System.out.printf("%s %.3f%n", report.result(), (System.nanoTime() - began) / 1e9);
        }
    }
}
