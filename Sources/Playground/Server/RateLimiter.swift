import Synchronization

/// Counts the requests of each client: a bucket that fills with time and loses a drop with every request.
final class RateLimiter: Sendable {
    private struct Bucket {
        var level: Double
        var time: Int64
    }

    private let buckets = Mutex<[String: Bucket]>([:])
    private let perSecond: Double
    private let burst: Double
    private static let maximumClients = 10_000

    init(limits: PlaygroundLimits) {
        perSecond = limits.requestsPerSecond
        burst = limits.burst
    }

    /// Whether a request of `client` at `now` (nanoseconds) is let through.
    func admits(_ client: String, now: Int64) -> Bool {
        buckets.withLock { buckets in
            if buckets.count >= Self.maximumClients, buckets[client] == nil {
                buckets = buckets.filter { level($0.value, now) < burst }
                if buckets.count >= Self.maximumClients { return false }
            }
            var bucket = buckets[client] ?? Bucket(level: burst, time: now)
            bucket = Bucket(level: level(bucket, now), time: now)
            let isAdmitted = bucket.level >= 1
            if isAdmitted { bucket.level -= 1 }
            buckets[client] = bucket
            return isAdmitted
        }
    }

    private func level(_ bucket: Bucket, _ now: Int64) -> Double {
        min(burst, bucket.level + Double(max(0, now - bucket.time)) / 1e9 * perSecond)
    }
}
