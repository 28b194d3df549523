import GoLibrary
import Testing

@testable import Webhook

struct ServerTimeTests {
    @Test(
        arguments: [
            ("3s", 3_000_000_000), ("500ms", 500_000_000), ("1m30s", 90_000_000_000), ("1.5s", 1_500_000_000), ("0", 0),
            ("10us", 10_000), ("3", nil), ("", nil), ("s", nil), ("-1s", nil), ("3 s", nil), ("1h", 3_600_000_000_000),
        ] as [(String, Int64?)])
    func durations(_ text: String, _ nanoseconds: Int64?) { #expect(GoDuration.nanoseconds(text) == nanoseconds) }

    /// The answer leaves half a second before the client gives up, or at half the time when there is less than a second.
    @Test(
        arguments: [
            (nil, 9_500_000_000), ("3s", 2_500_000_000), ("600ms", 300_000_000), ("10m", 29_500_000_000), ("0s", nil), ("x", nil),
        ] as [(String?, Int64?)])
    func deadlines(_ asked: String?, _ time: Int64?) { #expect(ServerLimits().time(asked: asked) == time) }
}
