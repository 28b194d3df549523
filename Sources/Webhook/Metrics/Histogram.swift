import CoreMetrics
import Synchronization

/// How long something took, by upper bounds: from the time of one policy to the longest the API server waits.
final class HistogramSeries: Series, TimerHandler, RecorderHandler {
    fileprivate static let bounds: [Double] = [
        0.000_005, 0.000_025, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5, 10,
    ]

    private struct State {
        var counts = [Int](repeating: 0, count: HistogramSeries.bounds.count + 1)
        var sum = 0.0
        /// What threads count by themselves, and which of it no thread has now.
        var cells: [HistogramCells] = []
        var free: [HistogramCells] = []
    }

    private let state = Mutex(State())
    var type: String { "histogram" }
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) {
        var index = 0
        while index < Self.bounds.count, value > Self.bounds[index] { index += 1 }
        state.withLock { state in
            state.counts[index] += 1
            state.sum += value
        }
    }

    /// Cells for a thread that will count by itself.
    fileprivate func takeCells() -> HistogramCells {
        state.withLock { state in
            if let known = state.free.popLast() { return known }
            let new = HistogramCells()
            state.cells.append(new)
            return new
        }
    }

    /// What the cells hold counts on; another thread may go on with them.
    fileprivate func giveBack(_ cells: HistogramCells) { state.withLock { $0.free.append(cells) } }

    func write(_ name: String, _ labels: String, to text: inout String) {
        var (counts, sum) = state.withLock { state in
            (state.counts, state.sum + state.cells.reduce(0) { $0 + Double($1.sum) / 1e9 })
        }
        for cells in state.withLock({ $0.cells }) { for index in counts.indices { counts[index] += cells.count(at: index) } }
        let prefix = labels.isEmpty ? "" : labels + ","
        var total = 0
        for (index, count) in counts.enumerated() {
            total += count
            let bound = index < Self.bounds.count ? expositionNumber(Self.bounds[index]) : "+Inf"
            expositionLine(name + "_bucket", "\(prefix)le=\"\(bound)\"", String(total), to: &text)
        }
        expositionLine(name + "_sum", labels, expositionNumber(sum), to: &text)
        expositionLine(name + "_count", labels, String(total), to: &text)
    }
}

/// What one thread has counted: others only read it, so that counting needs neither locks nor locked instructions.
private final class HistogramCells: @unchecked Sendable {
    /// The counts by bound, then the sum in nanoseconds.
    private let cells: UnsafeMutablePointer<Atomic<Int>>
    private static let bounds = HistogramSeries.bounds.map { Int(($0 * 1e9).rounded()) }
    private static var size: Int { bounds.count + 2 }

    init() {
        cells = .allocate(capacity: Self.size)
        for index in 0..<Self.size { (cells + index).initialize(to: Atomic(0)) }
    }

    deinit {
        cells.deinitialize(count: Self.size)
        cells.deallocate()
    }

    func count(at index: Int) -> Int { cells[index].load(ordering: .relaxed) }
    var sum: Int { cells[Self.size - 1].load(ordering: .relaxed) }

    func record(_ nanoseconds: Int) {
        let index = Self.bounds.firstIndex { nanoseconds <= $0 } ?? Self.bounds.count
        add(1, at: index)
        add(nanoseconds, at: Self.size - 1)
    }

    private func add(_ amount: Int, at index: Int) {
        cells[index].store(cells[index].load(ordering: .relaxed) &+ amount, ordering: .relaxed)
    }
}

/// Records into a histogram from one thread at a time.
final class HistogramWriter {
    private let series: HistogramSeries
    private let cells: HistogramCells

    init(_ series: HistogramSeries) {
        self.series = series
        cells = series.takeCells()
    }

    deinit { series.giveBack(cells) }

    func recordNanoseconds(_ duration: Int64) { cells.record(Int(duration)) }
}
