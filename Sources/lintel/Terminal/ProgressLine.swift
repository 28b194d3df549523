import Findings
import Synchronization

/// A line on the terminal that tells how far a long run is.
final class ProgressLine: Sendable {
    private let start: Double
    private let lastShown = Mutex<Double>(0)

    init(start: Double) { self.start = start }

    /// Shows progress after a second, ten times a second at most.
    func update(_ progress: Validator.Progress) {
        let now = Console.seconds
        lastShown.withLock { last in
            if now - start < 1 || now - last < 0.1 { return }
            last = now
            Console.printError("\r\u{1B}[Kchecking: \(progress.files) of \(progress.totalFiles) files")
        }
    }

    /// Takes the line away.
    func clear() {
        lastShown.withLock { last in
            if last > 0 { Console.printError("\r\u{1B}[K") }
        }
    }
}
