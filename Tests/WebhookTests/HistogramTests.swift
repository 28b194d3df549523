import CoreMetrics
import Testing
@testable import Webhook

/// Durations that threads count without locks show with all others.
struct HistogramTests {
    @Test func whatThreadsCountByThemselvesIsSummed() {
        let registry = MetricsRegistry()
        func writer() -> HistogramWriter { registry.writer(label: "turn_seconds", dimensions: [("policy", "a")]) }
        let first = writer()
        first.recordNanoseconds(5000)
        first.recordNanoseconds(5001)
        writer().recordNanoseconds(20_000_000_000)
        // What a thread has counted stays when it ends, and the next one counts on.
        for _ in 0..<3 { writer().recordNanoseconds(1000) }
        Timer(label: "turn_seconds", dimensions: [("policy", "a")], factory: registry).recordNanoseconds(30_000_000)
        let text = registry.text()
        for line in [
            #"turn_seconds_bucket{policy="a",le="5e-06"} 4"#, #"turn_seconds_bucket{policy="a",le="2.5e-05"} 5"#,
            #"turn_seconds_bucket{policy="a",le="0.1"} 6"#, #"turn_seconds_bucket{policy="a",le="+Inf"} 7"#,
            #"turn_seconds_count{policy="a"} 7"#, #"turn_seconds_sum{policy="a"} 20.03001300"#,
        ] {
            #expect(text.contains(line), "\(line) in \(text)")
        }
    }
}
