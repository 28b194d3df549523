import ArgumentParser
import Diagnostics
import Documents
import Inputs
import RegoRuntime

#if canImport(Glibc)
    @preconcurrency import Glibc
#else
    import Darwin
#endif

/// The terminal, the environment and the clock: everything outside the program that commands need.
enum Console {
    /// Writes results. When they cannot be written, the program ends with exit code 2: a report that nobody gets is none.
    static func print(_ text: String) {
        guard let reason = write(text, to: STDOUT_FILENO) else { return }
        fail("cannot write to standard output: \(reason)")
        end(2)
    }

    /// Writes results that are bytes; what of them is no UTF-8 is replaced, as in any text.
    static func print(_ bytes: [UInt8]) {
        let isText = bytes.withUnsafeBufferPointer { UTF8Scan.firstInvalidByte($0) == nil }
        guard isText else { return print(String(decoding: bytes, as: UTF8.self)) }
        do throws(FileError) { try FileSystem.write(bytes, to: STDOUT_FILENO, name: "output") } catch {
            fail("cannot write to standard output: \(error.reason)")
            end(2)
        }
    }

    /// Writes what is not a result: problems, progress.
    static func printError(_ text: String) { _ = write(text, to: STDERR_FILENO) }

    /// Says on standard error why something cannot be done.
    static func fail(_ message: String) { printError("error: \(DisplayText.escapedLines(message))\n") }

    /// Why the text could not be written; nil when it was.
    private static func write(_ text: String, to descriptor: Int32) -> String? {
        var text = text
        return text.withUTF8 { bytes in
            do throws(FileError) {
                try FileSystem.write(UnsafeRawBufferPointer(bytes), to: descriptor, name: "output")
                return nil
            } catch { return error.reason }
        }
    }

    /// Writes a file or ends the command with exit code 2.
    static func write(_ text: String, toFile path: String) throws {
        do { try FileSystem.write(Array(text.utf8), to: path) } catch {
            fail("cannot write \(error.path): \(error.reason)")
            throw ExitCode(2)
        }
    }

    /// Writes what `make` gives piece by piece to a file, or to standard output when there is none; ends the command with
    /// exit code 2 when that cannot be done.
    static func stream(toFile path: String?, _ make: (@escaping (UnsafeRawBufferPointer) -> Void) -> Void) throws {
        guard let path else {
            return make { bytes in
                do throws(FileError) { try FileSystem.write(bytes, to: STDOUT_FILENO, name: "output") } catch {
                    fail("cannot write to standard output: \(error.reason)")
                    end(2)
                }
            }
        }
        var problem: FileError?
        do throws(FileError) {
            let file = try FileWriter(path)
            make { bytes in
                if problem != nil { return }
                do throws(FileError) { try file.write(bytes) } catch { problem = error }
            }
        } catch { problem = error }
        guard let problem else { return }
        fail("cannot write \(problem.path): \(problem.reason)")
        throw ExitCode(2)
    }

    /// Adds to a file, which need not exist, or ends the command with exit code 2.
    static func append(_ text: String, toFile path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard let reason = descriptor < 0 ? String(cString: strerror(errno)) : write(text, to: descriptor) else { return }
        fail("cannot write \(path): \(reason)")
        throw ExitCode(2)
    }

    /// Shows problems on standard error.
    static func show(_ diagnostics: [Diagnostic], colour: ColourChoice) {
        if diagnostics.isEmpty { return }
        let renderer = DiagnosticRenderer(style: colour.isOn(for: STDERR_FILENO) ? .ansi : .plain)
        printError(renderer.render(diagnostics))
    }

    static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The variables whose names begin so.
    static func environment(withPrefix prefix: String) -> [String: String] {
        var found: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            entry += 1
            guard strncmp(text, prefix, prefix.utf8.count) == 0, let equals = strchr(text, Int32(UInt8(ascii: "="))) else {
                continue
            }
            let name = String(decoding: UnsafeRawBufferPointer(start: text, count: equals - text), as: UTF8.self)
            found[name] = String(cString: equals + 1)
        }
        return found.filter { !$0.value.isEmpty }
    }

    /// Lets the signals that ask a program to end arrive: a parent may have left them blocked, which is inherited.
    static func unblockSignals() {
        withUnsafeTemporaryAllocation(of: sigset_t.self, capacity: 1) { signals in
            guard let set = signals.baseAddress else { return }
            sigemptyset(set)
            for signal in [SIGHUP, SIGINT, SIGTERM] { sigaddset(set, signal) }
            pthread_sigmask(SIG_UNBLOCK, set, nil)
        }
    }

    /// Takes the numbers of standard streams that were closed, so that no file that is opened later gets one of them and
    /// with it a report; writing there fails as before.
    static func holdStandardStreams() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    static func end(_ code: Int32) -> Never { exit(code) }

    /// Ends with what is held still there: to take apart what was built takes long, and nobody is better off for it.
    static func end<Held>(_ code: Int32, holding held: Held) -> Never { withExtendedLifetime(held) { exit(code) } }

    static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Seconds of a clock that only moves forward.
    static var seconds: Double { Double(MonotonicClock.now()) / 1e9 }

    /// The time of day as RFC 3339 in UTC.
    static var timestamp: String { WallClock.text(WallClock.now(), milliseconds: false) }

    /// A time as RFC 3339 in UTC, from seconds since 1970.
    static func timestamp(_ seconds: Int) -> String { WallClock.text(Int64(seconds) * 1_000_000_000, milliseconds: false) }
}
