/// The smallest list of blocks that covers the given ones.
enum CIDRMerge {
    private struct Range {
        var first: IPAddress
        var last: IPAddress
        /// The only block the range is made of; nil after a merge.
        var network: CIDRBlock?
    }

    static func merge(_ networks: [CIDRBlock]) -> [CIDRBlock] {
        let sorted = networks.map { Range(first: $0.first, last: $0.last, network: $0) }
            .sorted { ($0.first.mapped, $0.last.mapped) < ($1.first.mapped, $1.last.mapped) }
        var ranges: [Range] = []
        for range in sorted {
            guard let before = ranges.last, touches(before, range) else {
                ranges.append(range)
                continue
            }
            // A block of IPv6 around that of IPv4 addresses in their IPv6 form stays as it is.
            if before.last.width == range.last.width {
                ranges[ranges.count - 1].last = max(before.last, range.last)
                ranges[ranges.count - 1].network = nil
            }
        }
        return ranges.flatMap { range in range.network.map { [$0] } ?? blocks(range.first, range.last) }
    }

    private static func touches(_ left: Range, _ right: Range) -> Bool {
        guard left.last.width == right.first.width else {
            return left.last.width > right.first.width && left.last.bits >= right.last.mapped
        }
        return right.first.bits <= left.last.bits || right.first.bits - 1 == left.last.bits
    }

    /// The blocks that cover exactly the addresses from `first` to `last`.
    private static func blocks(_ first: IPAddress, _ last: IPAddress) -> [CIDRBlock] {
        var result: [CIDRBlock] = []
        let width = first.width
        var start = first.bits
        while true {
            var host = min(start.trailingZeroBitCount, width)
            while host > 0, start | ~CIDRBlock.mask(128, 128 - host) > last.bits { host -= 1 }
            result.append(CIDRBlock(IPAddress(width: width, bits: start), width - host))
            let end = start | ~CIDRBlock.mask(128, 128 - host)
            if end >= last.bits { return result }
            start = end + 1
        }
    }
}
