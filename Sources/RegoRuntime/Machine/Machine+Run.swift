import Documents

extension Machine {
    /// Runs a function whose arguments are in the frame at `base`; the result is in `state.result` (undefined when
    /// there is none). False when the evaluation ends with a fault.
    func run(_ function: Int, base r: UnsafeMutablePointer<Value>) -> Bool {
        let entry = functions[function]
        let code = program.code
        let k = program.pool
        let state = self.state
        let frameEnd = r + entry.registerCount
        guard frameEnd + 320 < registersEnd, state.pointee.depth < Self.maximumDepth else {
            return fault("eval_cancel_error", "calls are nested too deeply", at: entry.start, in: function)
        }
        state.pointee.depth &+= 1
        defer { state.pointee.depth &-= 1 }
        let isRecording = state.pointee.isRecording
        let trailMark = isRecording ? state.pointee.reads.count : 0
        var pc = entry.start

        @inline(__always)
        func value(_ index: UInt32) -> Value {
            index & Operand.constantBit == 0 ? r[Int(index)] : k[Int(index & 0x7FFF_FFFF)]
        }

        /// Puts the operands of a call behind the frame, where a called function has its arguments.
        @inline(__always)
        func passOperands(_ count: Int) {
            var place = frameEnd
            let end = frameEnd + count
            while place < end {
                let operands = code[pc]
                pc &+= 1
                place[0] = value(operands.b)
                if place + 1 < end { place[1] = value(operands.c) }
                if place + 2 < end { place[2] = value(operands.target) }
                place += 3
            }
        }

        while true {
            let step = code[pc]
            pc &+= 1
            switch step.operation {
            case .move:
                r[Int(step.a)] = value(step.b)
            case .input:
                let input = state.pointee.input
                r[Int(step.a)] = input
                if input.isUndefined { pc = Int(step.target) }
            case .base:
                let found = basePath(value(step.b))
                r[Int(step.a)] = found
                if found.isUndefined { pc = Int(step.target) }
            case .member:
                let source = value(step.b), key = value(step.c)
                if source.kind == .node {
                    guard nodeMember(source, key, base: frameEnd) else { return false }
                    r[Int(step.a)] = state.pointee.result
                } else {
                    if isRecording { state.pointee.reads.read(source, key) }
                    r[Int(step.a)] = source.member(key)
                }
                if r[Int(step.a)].isUndefined { pc = Int(step.target) }
            case .path:
                var found = value(step.b)
                for key in value(step.c).elements {
                    if isRecording { state.pointee.reads.read(found, key) }
                    found = found.kind == .object ? objectMember(found, key) : found.member(key)
                    if found.isUndefined { break }
                }
                r[Int(step.a)] = found
                if found.isUndefined { pc = Int(step.target) }
            case .loopBegin:
                let source = value(step.b)
                r[Int(step.a)] = source
                r[Int(step.a) + 1] = .int(Int64(0))
                if isRecording { r[Int(step.a) + 2] = .int(Int64(state.pointee.reads.count)) }
                if source.kind == .node {
                    r[Int(step.a) + 2] = nodeKeys(source)
                } else if !source.isCollection {
                    pc = Int(step.target)
                }
            case .loopNext:
                state.pointee.untilCheck &-= 1
                if state.pointee.untilCheck <= 0 {
                    guard checkBudget(at: pc - 1, in: function) else { return false }
                }
                let source = r[Int(step.a)]
                let index = Int(r[Int(step.a) + 1].rawInt)
                r[Int(step.a) + 1] = .int(Int64(index &+ 1))
                switch source.kind {
                case .array:
                    if index >= source.count {
                        if isRecording { state.pointee.reads.exhausted(source) }
                        pc = Int(step.target)
                        continue
                    }
                    if isRecording { state.pointee.reads.enter(source, index, since: r[Int(step.a) + 2]) }
                    if step.b != Operand.none { r[Int(step.b)] = .int(Int64(index)) }
                    if step.c != Operand.none { r[Int(step.c)] = source.elements[index] }
                case .object:
                    if index >= source.count {
                        if isRecording { state.pointee.reads.exhausted(source) }
                        pc = Int(step.target)
                        continue
                    }
                    if isRecording { state.pointee.reads.enter(source, index, since: r[Int(step.a) + 2]) }
                    if step.b != Operand.none { r[Int(step.b)] = source.keys[index] }
                    if step.c != Operand.none { r[Int(step.c)] = source.values[index] }
                case .set:
                    if index >= source.count {
                        pc = Int(step.target)
                        continue
                    }
                    if step.b != Operand.none { r[Int(step.b)] = source.elements[index] }
                    if step.c != Operand.none { r[Int(step.c)] = source.elements[index] }
                default:
                    let keys = r[Int(step.a) + 2]
                    if index >= keys.count {
                        pc = Int(step.target)
                        continue
                    }
                    let key = keys.elements[index]
                    guard nodeMember(source, key, base: frameEnd) else { return false }
                    if state.pointee.result.isUndefined {
                        pc &-= 1
                        continue
                    }
                    if step.b != Operand.none { r[Int(step.b)] = key }
                    if step.c != Operand.none { r[Int(step.c)] = state.pointee.result }
                }
            case .dispatch:
                let found = value(step.c).member(value(step.b))
                pc = found.isUndefined ? Int(step.target) : entry.start &+ Int(found.rawInt)
            case .test:
                let tested = value(step.b)
                if tested.isFalse || tested.isUndefined { pc = Int(step.target) }
            case .isCollection:
                if !value(step.b).isCollection, value(step.b).kind != .node { pc = Int(step.target) }
            case .isArray:
                let tested = value(step.b)
                if tested.kind != .array || tested.count != Int(step.c) { pc = Int(step.target) }
            case .isObject:
                let tested = value(step.b)
                if tested.kind != .object || tested.count != Int(step.c) { pc = Int(step.target) }
            case .equal:
                if value(step.b) != value(step.c) { pc = Int(step.target) }
            case .notEqual:
                if value(step.b) == value(step.c) { pc = Int(step.target) }
            case .less:
                if ValueOrder.compare(value(step.b), value(step.c)) >= 0 { pc = Int(step.target) }
            case .lessOrEqual:
                if ValueOrder.compare(value(step.b), value(step.c)) > 0 { pc = Int(step.target) }
            case .greater:
                if ValueOrder.compare(value(step.b), value(step.c)) <= 0 { pc = Int(step.target) }
            case .greaterOrEqual:
                if ValueOrder.compare(value(step.b), value(step.c)) < 0 { pc = Int(step.target) }
            case .add, .subtract, .multiply, .divide, .remainder:
                let left = value(step.b), right = value(step.c)
                if left.kind == .int, right.kind == .int, let result = Self.smallArithmetic(step.operation, left, right) {
                    r[Int(step.a)] = result
                } else {
                    frameEnd[0] = left
                    frameEnd[1] = right
                    // The first five builtins of a program are the arithmetic ones, in the order of the operations.
                    let builtin = Int(step.operation.rawValue &- Instruction.Operation.add.rawValue)
                    guard callBuiltin(builtin, at: frameEnd, count: 2, pc: pc - 1, in: function) else { return false }
                    r[Int(step.a)] = state.pointee.result
                    if state.pointee.result.isUndefined { pc = Int(step.target) }
                }
            case .callBuiltin:
                let at = pc - 1
                passOperands(Int(step.x))
                guard callBuiltin(Int(step.b), at: frameEnd, count: Int(step.x), pc: at, in: function) else { return false }
                r[Int(step.a)] = state.pointee.result
                if state.pointee.result.isUndefined { pc = Int(step.target) }
            case .callFunction:
                passOperands(Int(step.x))
                guard callFunction(Int(step.b), base: frameEnd, count: Int(step.x)) else { return false }
                r[Int(step.a)] = state.pointee.result
                if state.pointee.result.isUndefined { pc = Int(step.target) }
            case .callRule:
                let known = state.pointee.memo[Int(step.b)]
                if known.kind != .node, !isRecording {
                    r[Int(step.a)] = known
                    if known.isUndefined { pc = Int(step.target) }
                } else {
                    guard callRule(Int(step.b), base: frameEnd) else { return false }
                    r[Int(step.a)] = state.pointee.result
                    if state.pointee.result.isUndefined { pc = Int(step.target) }
                }
            case .callBuiltinReplaceable, .callFunctionReplaceable:
                let at = pc - 1
                passOperands(Int(step.x))
                let callee = step.operation == .callBuiltinReplaceable ? Callee.builtin(Int(step.b)) : .function(Int(step.b))
                guard callReplaceable(callee, base: frameEnd, count: Int(step.x), pc: at, in: function) else { return false }
                r[Int(step.a)] = state.pointee.result
                if state.pointee.result.isUndefined { pc = Int(step.target) }
            case .callRuleReplaceable:
                guard callRuleReplaceable(Int(step.b), base: frameEnd) else { return false }
                r[Int(step.a)] = state.pointee.result
                if state.pointee.result.isUndefined { pc = Int(step.target) }
            case .materialize:
                let source = r[Int(step.b)]
                if source.kind == .node {
                    guard materialize(source, base: frameEnd) else { return false }
                    r[Int(step.a)] = state.pointee.result
                    if state.pointee.result.isUndefined { pc = Int(step.target) }
                } else {
                    r[Int(step.a)] = source
                }
            case .makeArray:
                r[Int(step.a)] = context.arena.array(UnsafeBufferPointer(start: r + Int(step.b), count: Int(step.c)))
            case .makeSet:
                let parts = UnsafeMutableBufferPointer(start: r + Int(step.b), count: Int(step.c))
                r[Int(step.a)] = context.arena.set(sorting: parts)
            case .makeObject:
                let start = UnsafeMutableRawPointer(r + Int(step.b)).assumingMemoryBound(to: ObjectEntry.self)
                let parts = UnsafeMutableBufferPointer(start: start, count: Int(step.c))
                r[Int(step.a)] = context.arena.object(sorting: parts)
            case .collectBegin:
                r[Int(step.a)] = .int(Int64(state.pointee.collected.count))
            case .collect:
                state.pointee.collected.append(value(step.b))
            case .collectPair:
                state.pointee.collected.append(value(step.b))
                state.pointee.collected.append(value(step.c))
            case .sealArray:
                let parts = state.pointee.collected.pop(from: Int(r[Int(step.b)].rawInt))
                r[Int(step.a)] = context.arena.array(UnsafeBufferPointer(parts))
            case .sealSet:
                let parts = state.pointee.collected.pop(from: Int(r[Int(step.b)].rawInt))
                r[Int(step.a)] = context.arena.set(sorting: parts)
            case .sealObject:
                let parts = state.pointee.collected.pop(from: Int(r[Int(step.b)].rawInt))
                let start = parts.baseAddress.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: ObjectEntry.self) }
                let entries = UnsafeMutableBufferPointer(start: start, count: parts.count / 2)
                guard makeObject(entries, pc: pc - 1, in: function) else { return false }
                r[Int(step.a)] = state.pointee.result
            case .sealGroups:
                sealGroups(from: Int(r[Int(step.b)].rawInt), areSets: step.x == 1)
                r[Int(step.a)] = state.pointee.result
            case .group:
                let group = value(step.b).member(value(step.c))
                r[Int(step.a)] = group.isDefined ? group : step.x == 1 ? context.arena.set([]) : context.arena.array([])
            case .collectPath:
                collectPath(r + Int(step.b), count: Int(step.x), leaf: Int64(step.a), value: value(step.c))
            case .sealPaths:
                guard sealPaths(from: Int(r[Int(step.b)].rawInt), pc: pc - 1, in: function) else { return false }
                r[Int(step.a)] = state.pointee.result
            case .assign:
                let next = value(step.b)
                if r[Int(step.a)].isUndefined {
                    r[Int(step.a)] = next
                } else if r[Int(step.a)] != next {
                    let message =
                        step.x == 0
                        ? "complete rules must not produce multiple outputs"
                        : "functions must not produce multiple outputs for same inputs"
                    return fault("eval_conflict_error", message, at: pc - 1, in: function)
                }
            case .clear:
                r[Int(step.a)] = .undefined
            case .jump:
                pc = Int(step.target)
            case .jumpIfDefined:
                if value(step.b).isDefined { pc = Int(step.target) }
            case .returnValue:
                state.pointee.result = value(step.b)
                return true
            case .returnUndefined:
                state.pointee.result = .undefined
                return true
            case .withBegin:
                beginWith(Int(step.b), values: r + Int(step.c))
            case .withEnd:
                endWith()
            case .operands:
                break
            case .mark:
                if let onMark { onMark(Int(step.b), UnsafePointer(r)) }
            case .readMode:
                if isRecording { state.pointee.reads.setMode(step.x, frameMark: trailMark) }
            case .recordOrigin:
                if isRecording { state.pointee.reads.record(value(step.b), since: trailMark) }
            }
        }
    }

    /// The member of an object under a constant key.
    @inline(__always)
    private func objectMember(_ object: Value, _ key: Value) -> Value {
        let index = object.keyIndex(key)
        return index < 0 ? .undefined : object.values[index]
    }

    /// Arithmetic of small integers; nil when the general code must decide.
    @inline(__always)
    private static func smallArithmetic(_ operation: Instruction.Operation, _ left: Value, _ right: Value) -> Value? {
        let (a, b) = (left.rawInt, right.rawInt)
        switch operation {
        case .add:
            let (result, overflow) = a.addingReportingOverflow(b)
            return overflow ? nil : .int(result)
        case .subtract:
            let (result, overflow) = a.subtractingReportingOverflow(b)
            return overflow ? nil : .int(result)
        case .multiply:
            let (result, overflow) = a.multipliedReportingOverflow(by: b)
            return overflow ? nil : .int(result)
        case .divide:
            return b > 0 && a % b == 0 ? .int(a / b) : nil
        case .remainder:
            return b > 0 ? .int(a % b) : nil
        default: return nil
        }
    }
}
