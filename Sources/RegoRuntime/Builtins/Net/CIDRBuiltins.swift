import Documents

extension Builtins {
    private static let cidr = RegoType.union([.string, .anyArray])
    private static let cidrs = RegoType.union([
        .string, .array(of: cidr), .object(.string, cidr), .set(of: cidr),
    ])

    /// Blocks of IP addresses (OPA policy reference, "Net").
    static let cidrBlocks: [Builtin] = [
        Builtin(
            "net.cidr_contains", help: "(cidr, other) Whether a network holds an address or another network.", .string, .string,
            returns: .boolean, call: cidrContains),
        Builtin(
            "net.cidr_overlap", help: "(cidr, address) Whether a network holds an address; use net.cidr_contains.", .string,
            .string, returns: .boolean, deprecated: true, call: cidrContains),
        Builtin("net.cidr_intersects", help: "(cidr, other) Whether two networks overlap.", .string, .string, returns: .boolean) {
            call in
            guard let left = network(0, &call), let right = network(1, &call) else { return .undefined }
            return .bool(left.contains(right.first) || right.contains(left.first))
        },
        Builtin("net.cidr_is_valid", help: "(cidr) Whether the text is a network in CIDR form.", .string, returns: .boolean) {
            call in
            guard call[0].kind == .string else { return .false }
            return .bool(CIDRBlock(call[0].utf8) != nil)
        },
        Builtin("net.cidr_expand", help: "(cidr) All addresses of a network.", .string, returns: .set(of: .string)) { call in
            guard let network = network(0, &call) else { return .undefined }
            return expand(network, &call)
        },
        Builtin(
            "net.cidr_merge", help: "(addresses) The smallest set of networks that holds all those given.",
            .union([.array(of: .union([.string])), .set(of: .string)]), returns: .set(of: .string)
        ) {
            call in
            guard call[0].kind == .array || call[0].kind == .set else { return call.fail("operand must be an array") }
            var networks: [CIDRBlock] = []
            for element in call[0].elements {
                guard call.context.spend(200) else { return call.stopped() }
                guard let network = mergeable(element, &call) else { return .undefined }
                networks.append(network)
            }
            let arena = call.arena
            return arena.set(CIDRMerge.merge(networks).map { arena.string($0.text) })
        },
        Builtin(
            "net.cidr_contains_matches",
            help: "(cidrs, others) The pairs of networks and addresses of which the first holds the second.", cidrs, cidrs,
            returns: .set(of: .array(static: [.any, .any], dynamic: nil))
        ) {
            call in
            let blocks = keyed(0, call)
            var pairs: [Value] = []
            // In OPA's order: what is wrong with an item is found when its turn comes.
            for block in blocks {
                guard call.context.spend(call[1].isCollection ? 4 &* call[1].count : 1) else { return call.stopped() }
                guard let first = text(of: block.element, 0, &call) else { return .undefined }
                let others = keyed(1, call)
                for other in others {
                    guard call.context.spend(40) else { return call.stopped() }
                    guard call.context.hasRoom(for: pairs.count * 32) else { return call.exceedsMemory() }
                    guard let second = text(of: other.element, 1, &call), let range = textOperand(first, 0, &call),
                        let network = network(range, &call), let candidate = textOperand(second, 1, &call),
                        let isMatch = contains(network, candidate, &call)
                    else { return .undefined }
                    if isMatch { pairs.append(call.arena.array([block.key, other.key])) }
                }
            }
            return call.arena.set(pairs)
        },
    ]

    @Sendable
    private static func cidrContains(_ call: inout BuiltinCall) -> Value {
        // OPA numbers both operands 1.
        guard let block = call.stringOperand(0), let network = network(block, &call) else { return .undefined }
        let candidate = call[1]
        guard candidate.kind == .string else {
            return call.typeFailure("operand 1 must be string but got \(candidate.typeName)")
        }
        return contains(network, candidate, &call).map { .bool($0) } ?? .undefined
    }

    private static func contains(_ network: CIDRBlock, _ candidate: Value, _ call: inout BuiltinCall) -> Bool? {
        if let address = IPAddress(candidate.utf8) { return network.contains(address) }
        guard let inner = CIDRBlock(candidate.utf8) else {
            _ = call.fail(
                "not a valid textual representation of an IP address or CIDR: \(candidate.string)")
            return nil
        }
        return network.contains(inner.first) && network.contains(inner.last)
    }

    private static func network(_ index: Int, _ call: inout BuiltinCall) -> CIDRBlock? {
        let text = call[index]
        guard text.kind == .string else {
            _ = call.typeFailure("operand 1 must be string but got \(text.typeName)")
            return nil
        }
        return network(text, &call)
    }

    private static func network(_ text: Value, _ call: inout BuiltinCall) -> CIDRBlock? {
        if let network = CIDRBlock(text.utf8) { return network }
        _ = call.fail("invalid CIDR address: \(text.string)")
        return nil
    }

    private static func expand(_ network: CIDRBlock, _ call: inout BuiltinCall) -> Value {
        let (first, last) = (network.first, network.last)
        let count = last.bits - first.bits
        guard count < 1 << 32, call.context.hasRoom(for: Int(count) * 64) else {
            call.failure = BuiltinFailure(kind: .cancel, message: "the block has more addresses than fit the memory limit")
            return .undefined
        }
        var texts: [Value] = []
        texts.reserveCapacity(Int(count) + 1)
        for bits in first.bits...last.bits {
            if bits & 0xFFF == 0xFFF, !call.context.spend(30 << 12) {
                call.failure = BuiltinFailure(
                    kind: .cancel, message: "timed out before generating all IP addresses")
                return .undefined
            }
            texts.append(call.arena.string(IPAddress(width: first.width, bits: bits).text))
        }
        return call.arena.set(texts)
    }

    /// A block, or an IPv4 address that stands for the block of its class (as Go's `IP.DefaultMask`).
    private static func mergeable(_ element: Value, _ call: inout BuiltinCall) -> CIDRBlock? {
        guard element.kind == .string else {
            _ = call.fail("element must be string")
            return nil
        }
        guard let address = IPAddress(element.utf8) else { return network(element, &call) }
        guard address.width == 32 else {
            _ = call.fail("IPv6 invalid: needs prefix length")
            return nil
        }
        let octet = address.bits >> 24
        return CIDRBlock(address, octet < 0x80 ? 8 : octet < 0xC0 ? 16 : 24)
    }

    /// The items of an operand under what the result names them by: itself, index, key or element; none of other values.
    private static func keyed(_ index: Int, _ call: BuiltinCall) -> [(key: Value, element: Value)] {
        let operand = call[index]
        switch operand.kind {
        case .string: return [(operand, operand)]
        case .array: return operand.elements.enumerated().map { (.int($0), $1) }
        case .set: return operand.elements.map { ($0, $0) }
        case .object: return Array(zip(operand.keys, operand.values))
        default: return []
        }
    }

    /// What stands for the block or address of an item: the item, or the first of an array.
    private static func text(of element: Value, _ index: Int, _ call: inout BuiltinCall) -> Value? {
        let text = element.kind == .array ? element.elements.first : element.kind == .string ? element : nil
        if text == nil { _ = call.fail("operand \(index + 1): element must be string or non-empty array") }
        return text
    }

    private static func textOperand(_ text: Value, _ index: Int, _ call: inout BuiltinCall) -> Value? {
        if text.kind == .string { return text }
        _ = call.typeFailure("operand \(index + 1) must be string but got \(text.typeName)")
        return nil
    }
}
