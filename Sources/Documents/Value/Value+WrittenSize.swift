import Text

extension Value {
    /// About how many bytes the value takes as JSON text, counted until there are more than `limit`.
    ///
    /// Values share their parts, so that a few hundred bytes in memory may be gigabytes of text; what writes a value that
    /// a policy made asks first. Counting costs time in proportion to the smaller of the text and the limit.
    public func writtenSize(upTo limit: Int) -> Int {
        var count = 0
        addWrittenSize(to: &count, limit, depth: 0)
        return count
    }

    private func addWrittenSize(to count: inout Int, _ limit: Int, depth: Int) {
        // Indentation counts where it is more than the text it stands before.
        count &+= 2 &+ 2 &* Swift.max(0, depth &- 16)
        // Counting is work of the evaluation too.
        if isCollection, !WorkMeter.charge(1 &+ self.count >> 3) {
            count = limit == .max ? limit : limit &+ 1
            return
        }
        switch kind {
        case .undefined, .node, .null, .bool: count &+= 4
        case .int: count &+= 8
        case .string, .decimal: count &+= utf8.count
        case .array, .set:
            for element in elements {
                if count > limit { return }
                element.addWrittenSize(to: &count, limit, depth: depth &+ 1)
            }
        case .object:
            for index in 0..<self.count {
                if count > limit { return }
                keys[index].addKeySize(to: &count, limit, depth: depth)
                values[index].addWrittenSize(to: &count, limit, depth: depth &+ 1)
            }
        }
    }

    /// A key that is a collection is written as text, in which each quote and escape of it is escaped once more.
    private func addKeySize(to count: inout Int, _ limit: Int, depth: Int) {
        if !isCollection { return addWrittenSize(to: &count, limit, depth: depth) }
        count &+= 2 &* writtenSize(upTo: limit)
    }
}
