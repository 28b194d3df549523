import ArgumentParser
import Catalogue
import Dispatch
import Findings
import Inputs
import Playground
import RegoRuntime
import Synchronization
import Text

/// `lintel playground`.
struct PlaygroundCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "playground", abstract: "Serve a page on which to write, test and trace policies.",
        discussion: """
            Everything stays on this machine: the page asks nobody else, and the API behind it is docs/playground.openapi.yaml. \
            Ends with Ctrl-C. Exit codes: 0 ended, 2 the server could not be started.
            """)

    @Option(help: ArgumentHelp("Where to listen.", valueName: "address:port"))
    var listen = "127.0.0.1:8181"

    @Option(
        name: .customLong("policy"),
        help: ArgumentHelp("Start with the policies, tests and data of a file or folder; repeatable.", valueName: "path"))
    var policies: [String] = []

    @Option(help: ArgumentHelp("Open this folder and save to it.", valueName: "folder"))
    var workspace: String?

    @Flag(help: "Refuse to save.")
    var readOnly = false

    @Option(
        name: .customLong("host"),
        help: ArgumentHelp("A name besides localhost under which the page is reached; repeatable.", valueName: "name"))
    var names: [String] = []

    func validate() throws {
        if Self.address(listen) == nil {
            throw ValidationError("--listen needs an address and a port, such as 127.0.0.1:8181 or [::1]:8181.")
        }
        for path in policies where (try? FileSystem.status(of: path)) == nil {
            throw ValidationError("--policy: there is no \(path).")
        }
        if let workspace, let status = try? FileSystem.status(of: workspace), status.kind != .folder {
            throw ValidationError("--workspace: \(workspace) is not a folder.")
        }
    }

    func run() throws {
        guard let (host, port) = Self.address(listen) else { throw ExitCode(2) }
        var options = PlaygroundOptions()
        (options.host, options.port) = (host, port)
        options.names = names
        options.policies = policies
        options.workspace = workspace
        options.isReadOnly = readOnly
        options.version = BuildVersion.number
        options.limits.workers = Validator.defaultJobs
        options.now = WallClock.now
        let library: PolicyLibrary
        do { library = try PolicyLibrary.embedded() } catch {
            Console.fail(error.message)
            throw ExitCode(2)
        }
        let server = PlaygroundServer(options, library: library)
        if let problem = Self.serve(server, host: host, listen) {
            Console.fail(problem)
            throw ExitCode(2)
        }
    }

    /// Serves until the process is told to end; answers why it could not.
    private static func serve(_ server: PlaygroundServer, host: String, _ listen: String) -> String? {
        let problem = Problem()
        let ended = DispatchSemaphore(value: 0)
        let shown = host.contains(":") ? "[\(host)]" : host
        Task {
            do {
                try await server.run { port in Console.print("The playground is at http://\(shown):\(port)/\n") }
            } catch {
                problem.text.withLock { $0 = ListenFailure.text(error, at: listen) }
            }
            ended.signal()
        }
        ended.wait()
        return problem.text.withLock { $0 }
    }

    /// Carries what went wrong out of the task.
    private final class Problem: Sendable {
        let text = Mutex<String?>(nil)
    }

    /// The parts of `address:port` and `[address]:port`.
    static func address(_ text: String) -> (host: String, port: Int)? {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (0...65535).contains(port)
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            return nil
        }
        return host.isEmpty ? nil : (host, port)
    }
}
