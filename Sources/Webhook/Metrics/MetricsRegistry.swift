package import CoreMetrics
import Synchronization

/// A backend of swift-metrics that keeps all values in memory and writes them as Prometheus text.
package final class MetricsRegistry: MetricsFactory {
    private struct Key: Hashable {
        var label: String
        var dimensions: String
    }

    private let series = Mutex<[Key: any Series]>([:])
    private let collectors = Mutex<[@Sendable () -> Void]>([])

    package init() {}

    /// Calls `collect` before each exposition, for values that are read rather than counted.
    package func onExposition(_ collect: @escaping @Sendable () -> Void) { collectors.withLock { $0.append(collect) } }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        find(label, dimensions) { CounterSeries() }
    }

    package func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        find(label, dimensions) { FloatingCounterSeries() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        find(label, dimensions) { GaugeSeries() }
    }

    /// Gauges are recorders without aggregation in swift-metrics.
    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        if aggregate { return find(label, dimensions) { HistogramSeries() } }
        return find(label, dimensions) { GaugeSeries() }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        find(label, dimensions) { HistogramSeries() }
    }

    // Series live as long as the process: a Prometheus counter must not start again.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    /// The series of a name and labels; one of another kind under the same name is left alone, and what is recorded
    /// into the new one is not shown.
    private func find<Found: Series>(_ label: String, _ dimensions: [(String, String)], make: () -> Found) -> Found {
        let key = Key(label: label, dimensions: Self.text(dimensions))
        return series.withLock { series in
            if let known = series[key] { return known as? Found ?? make() }
            let new = make()
            series[key] = new
            return new
        }
    }

    /// One thread's way into a histogram.
    func writer(label: String, dimensions: [(String, String)]) -> HistogramWriter {
        HistogramWriter(find(label, dimensions) { HistogramSeries() })
    }

    private static func text(_ dimensions: [(String, String)]) -> String {
        dimensions.map { name, value in
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(sanitized(name))=\"\(escaped)\""
        }.joined(separator: ",")
    }

    private static func sanitized(_ name: String) -> String {
        String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") ? $0 : "_" })
    }

    // MARK: Exposition

    /// All series in the text format of Prometheus (`text/plain; version=0.0.4`), sorted by name and labels.
    package func text() -> String {
        for collect in collectors.withLock({ $0 }) { collect() }
        let all = series.withLock { series in
            series.sorted { left, right in
                (left.key.label, left.key.dimensions) < (right.key.label, right.key.dimensions)
            }
        }
        var text = "", family = ""
        for (key, value) in all {
            let name = Self.sanitized(key.label)
            if name != family {
                family = name
                if let help = MetricNames.help[name] { text += "# HELP \(name) \(help)\n" }
                text += "# TYPE \(name) \(value.type)\n"
            }
            value.write(name, key.dimensions, to: &text)
        }
        return text
    }
}

/// One line, or one histogram, of the exposition.
protocol Series: AnyObject, Sendable {
    var type: String { get }
    func write(_ name: String, _ labels: String, to text: inout String)
}

func expositionLine(_ name: String, _ labels: String, _ value: String, to text: inout String) {
    text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
}

func expositionNumber(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return value.isNaN ? "NaN" : value.isInfinite ? value < 0 ? "-Inf" : "+Inf" : String(value)
}

private final class CounterSeries: Series, CounterHandler {
    private let value = Atomic<Int64>(0)
    var type: String { "counter" }
    func increment(by amount: Int64) { value.add(amount, ordering: .relaxed) }
    func reset() { value.store(0, ordering: .relaxed) }
    func write(_ name: String, _ labels: String, to text: inout String) {
        expositionLine(name, labels, String(value.load(ordering: .relaxed)), to: &text)
    }
}

private final class FloatingCounterSeries: Series, FloatingPointCounterHandler {
    private let value = Mutex(0.0)
    var type: String { "counter" }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func reset() { value.withLock { $0 = 0 } }
    func write(_ name: String, _ labels: String, to text: inout String) {
        expositionLine(name, labels, expositionNumber(value.withLock { $0 }), to: &text)
    }
}

private final class GaugeSeries: Series, RecorderHandler, MeterHandler {
    private let value = Mutex(0.0)
    var type: String { "gauge" }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { self.value.withLock { $0 = value } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func write(_ name: String, _ labels: String, to text: inout String) {
        expositionLine(name, labels, expositionNumber(value.withLock { $0 }), to: &text)
    }
}
