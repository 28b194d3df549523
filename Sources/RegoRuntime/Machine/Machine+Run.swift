import Documents

extension Machine {
    /// Runs a function whose arguments are in the frame at `base`; the result is in `state.result` (undefined when
    /// there is none). False when the evaluation ends with a fault.
    func run(_ function: Int, base r: UnsafeMutablePointer<Value>) -> Bool {
        let entry = functions[function]
        let code = self.code
        let state = self.state
        let frameEnd = r + entry.registerCount
        guard frameEnd + 320 < registersEnd, state.pointee.depth < Self.maximumDepth else {
            return fault("eval_cancel_error", "calls are nested too deeply", at: entry.start, in: function)
        }
        state.pointee.depth &+= 1
        defer { state.pointee.depth &-= 1 }
        let isRecording = state.pointee.isRecording
        let trailMark = isRecording ? state.pointee.reads.count : 0
        var next = code + entry.start

        // Where operand 0 and constant 0 would be if both were counted as instructions count them.
        let registers = UInt(bitPattern: r), constants = UInt(bitPattern: pool) &- UInt(Operand.constantBit) << 4

        @inline(__always)
        func value(_ index: UInt32) -> Value {
            let base = index & Operand.constantBit == 0 ? registers : constants
            return UnsafePointer<Value>(bitPattern: base &+ UInt(index) << 4).unsafelyUnwrapped.pointee
        }

        @inline(__always)
        func number(of step: UnsafePointer<Instruction>) -> Int { step - code }

        /// Puts the operands of a call, which stand at `step`, behind the frame, where a called function has its arguments.
        /// - Returns: the step after them.
        @inline(__always)
        func passOperands(_ count: Int, at step: UnsafePointer<Instruction>) -> UnsafePointer<Instruction> {
            var step = step, place = frameEnd
            let end = frameEnd + count
            while place < end {
                place[0] = value(step.pointee.b)
                if place + 1 < end { place[1] = value(step.pointee.c) }
                if place + 2 < end { place[2] = value(step.pointee.target) }
                place += 3
                step += 1
            }
            return step
        }

        while true {
            // Read in place, field by field: few steps need them all.
            let step = next
            next += 1
            switch step.pointee.operation {
            case .move:
                r[Int(step.pointee.a)] = value(step.pointee.b)
            case .input:
                let input = state.pointee.input
                r[Int(step.pointee.a)] = input
                if input.isUndefined { next = code + Int(step.pointee.target) }
            case .base:
                let found = knownBase(step.pointee.b)
                r[Int(step.pointee.a)] = found
                if found.isUndefined { next = code + Int(step.pointee.target) }
            case .member:
                let source = value(step.pointee.b), key = value(step.pointee.c)
                let found: Value
                if source.kind == .node {
                    guard nodeMember(source, key, base: frameEnd) else { return false }
                    found = state.pointee.result
                } else {
                    if isRecording { state.pointee.reads.read(source, key) }
                    if source.kind == .object {
                        found = source.objectMember(key)
                    } else if source.kind == .array, key.kind == .int {
                        let index = key.rawInt
                        found = index >= 0 && index < Int64(source.count) ? source.elements[Int(index)] : .undefined
                    } else {
                        found = source.member(key)
                    }
                }
                r[Int(step.pointee.a)] = found
                if found.isUndefined { next = code + Int(step.pointee.target) }
            case .path:
                var found = value(step.pointee.b)
                for key in value(step.pointee.c).elements {
                    if isRecording { state.pointee.reads.read(found, key) }
                    found = found.kind == .object ? found.objectMember(key) : found.member(key)
                    if found.isUndefined { break }
                }
                r[Int(step.pointee.a)] = found
                if found.isUndefined { next = code + Int(step.pointee.target) }
            case .baseMember:
                let source = value(step.pointee.b), key = value(step.pointee.c)
                if isRecording { state.pointee.reads.read(source, key) }
                let found = baseMember(source, key)
                r[Int(step.pointee.a)] = found
                if found.isUndefined { next = code + Int(step.pointee.target) }
            case .loopBegin:
                let source = value(step.pointee.b)
                r[Int(step.pointee.a)] = source
                r[Int(step.pointee.a) + 1] = .int(Int64(0))
                if isRecording { r[Int(step.pointee.a) + 2] = .int(Int64(state.pointee.reads.count)) }
                if source.kind == .node {
                    r[Int(step.pointee.a) + 2] = nodeKeys(source)
                } else if !source.isCollection {
                    next = code + Int(step.pointee.target)
                }
            case .loopNext:
                state.pointee.untilCheck &-= 1
                if state.pointee.untilCheck <= 0 {
                    guard checkBudget(at: number(of: step), in: function) else { return false }
                }
                let source = r[Int(step.pointee.a)]
                let index = Int(r[Int(step.pointee.a) + 1].rawInt)
                r[Int(step.pointee.a) + 1] = .int(Int64(index &+ 1))
                switch source.kind {
                case .array:
                    if index >= source.count {
                        if isRecording { state.pointee.reads.exhausted(source) }
                        next = code + Int(step.pointee.target)
                        continue
                    }
                    if isRecording { state.pointee.reads.enter(source, index, since: r[Int(step.pointee.a) + 2]) }
                    if step.pointee.b != Operand.none { r[Int(step.pointee.b)] = .int(Int64(index)) }
                    if step.pointee.c != Operand.none { r[Int(step.pointee.c)] = source.elements[index] }
                case .object:
                    if index >= source.count {
                        if isRecording { state.pointee.reads.exhausted(source) }
                        next = code + Int(step.pointee.target)
                        continue
                    }
                    if isRecording { state.pointee.reads.enter(source, index, since: r[Int(step.pointee.a) + 2]) }
                    if step.pointee.b != Operand.none { r[Int(step.pointee.b)] = source.keys[index] }
                    if step.pointee.c != Operand.none { r[Int(step.pointee.c)] = source.values[index] }
                case .set:
                    if index >= source.count {
                        next = code + Int(step.pointee.target)
                        continue
                    }
                    if isRecording { state.pointee.reads.enter(source, index, since: r[Int(step.pointee.a) + 2]) }
                    if step.pointee.b != Operand.none { r[Int(step.pointee.b)] = source.elements[index] }
                    if step.pointee.c != Operand.none { r[Int(step.pointee.c)] = source.elements[index] }
                default:
                    let keys = r[Int(step.pointee.a) + 2]
                    if index >= keys.count {
                        next = code + Int(step.pointee.target)
                        continue
                    }
                    let key = keys.elements[index]
                    guard nodeMember(source, key, base: frameEnd) else { return false }
                    if state.pointee.result.isUndefined {
                        next = step
                        continue
                    }
                    if step.pointee.b != Operand.none { r[Int(step.pointee.b)] = key }
                    if step.pointee.c != Operand.none { r[Int(step.pointee.c)] = state.pointee.result }
                }
            case .dispatch:
                let found = value(step.pointee.c).member(value(step.pointee.b))
                next = code + (found.isUndefined ? Int(step.pointee.target) : entry.start &+ Int(found.rawInt))
            case .test:
                let tested = value(step.pointee.b)
                if tested.isFalse || tested.isUndefined { next = code + Int(step.pointee.target) }
            case .isCollection:
                if !value(step.pointee.b).isCollection, value(step.pointee.b).kind != .node {
                    next = code + Int(step.pointee.target)
                }
            case .isArray:
                let tested = value(step.pointee.b)
                if tested.kind != .array || tested.count != Int(step.pointee.c) { next = code + Int(step.pointee.target) }
            case .isObject:
                let tested = value(step.pointee.b)
                if tested.kind != .object || tested.count != Int(step.pointee.c) { next = code + Int(step.pointee.target) }
            case .equal:
                if !Self.areEqual(value(step.pointee.b), value(step.pointee.c)) { next = code + Int(step.pointee.target) }
            case .notEqual:
                if Self.areEqual(value(step.pointee.b), value(step.pointee.c)) { next = code + Int(step.pointee.target) }
            case .less:
                if ValueOrder.compare(value(step.pointee.b), value(step.pointee.c)) >= 0 {
                    next = code + Int(step.pointee.target)
                }
            case .lessOrEqual:
                if ValueOrder.compare(value(step.pointee.b), value(step.pointee.c)) > 0 { next = code + Int(step.pointee.target) }
            case .greater:
                if ValueOrder.compare(value(step.pointee.b), value(step.pointee.c)) <= 0 {
                    next = code + Int(step.pointee.target)
                }
            case .greaterOrEqual:
                if ValueOrder.compare(value(step.pointee.b), value(step.pointee.c)) < 0 { next = code + Int(step.pointee.target) }
            case .add, .subtract, .multiply, .divide, .remainder:
                let left = value(step.pointee.b), right = value(step.pointee.c)
                if left.kind == .int, right.kind == .int, let result = Self.smallArithmetic(step.pointee.operation, left, right) {
                    r[Int(step.pointee.a)] = result
                } else {
                    frameEnd[0] = left
                    frameEnd[1] = right
                    // The first five builtins of a program are the arithmetic ones, in the order of the operations.
                    let builtin = Int(step.pointee.operation.rawValue &- Instruction.Operation.add.rawValue)
                    guard callBuiltin(builtin, at: frameEnd, count: 2, pc: number(of: step), in: function) else { return false }
                    r[Int(step.pointee.a)] = state.pointee.result
                    if state.pointee.result.isUndefined { next = code + Int(step.pointee.target) }
                }
            case .count:
                let counted = value(step.pointee.b)
                if counted.isCollection {
                    r[Int(step.pointee.a)] = .int(counted.count)
                } else {
                    frameEnd[0] = counted
                    guard callBuiltin(Int(step.pointee.c), at: frameEnd, count: 1, pc: number(of: step), in: function) else {
                        return false
                    }
                    r[Int(step.pointee.a)] = state.pointee.result
                    if state.pointee.result.isUndefined { next = code + Int(step.pointee.target) }
                }
            case .callBuiltin:
                next = passOperands(Int(step.pointee.x), at: next)
                guard
                    callBuiltin(Int(step.pointee.b), at: frameEnd, count: Int(step.pointee.x), pc: number(of: step), in: function)
                else { return false }
                r[Int(step.pointee.a)] = state.pointee.result
                if state.pointee.result.isUndefined { next = code + Int(step.pointee.target) }
            case .callFunction:
                next = passOperands(Int(step.pointee.x), at: next)
                guard callFunction(Int(step.pointee.b), base: frameEnd, count: Int(step.pointee.x)) else { return false }
                r[Int(step.pointee.a)] = state.pointee.result
                if state.pointee.result.isUndefined { next = code + Int(step.pointee.target) }
            case .callRule:
                let known = state.pointee.memo[Int(step.pointee.b)]
                if known.kind != .node, !isRecording {
                    r[Int(step.pointee.a)] = known
                    if known.isUndefined { next = code + Int(step.pointee.target) }
                } else {
                    guard callRule(Int(step.pointee.b), base: frameEnd) else { return false }
                    r[Int(step.pointee.a)] = state.pointee.result
                    if state.pointee.result.isUndefined { next = code + Int(step.pointee.target) }
                }
            case .callBuiltinReplaceable, .callFunctionReplaceable:
                next = passOperands(Int(step.pointee.x), at: next)
                let callee =
                    step.pointee.operation == .callBuiltinReplaceable
                    ? Callee.builtin(Int(step.pointee.b)) : .function(Int(step.pointee.b))
                guard callReplaceable(callee, base: frameEnd, count: Int(step.pointee.x), pc: number(of: step), in: function)
                else { return false }
                r[Int(step.pointee.a)] = state.pointee.result
                if state.pointee.result.isUndefined { next = code + Int(step.pointee.target) }
            case .callRuleReplaceable:
                guard callRuleReplaceable(Int(step.pointee.b), base: frameEnd) else { return false }
                r[Int(step.pointee.a)] = state.pointee.result
                if state.pointee.result.isUndefined { next = code + Int(step.pointee.target) }
            case .materialize:
                let source = r[Int(step.pointee.b)]
                if source.kind == .node {
                    guard materialize(source, base: frameEnd) else { return false }
                    r[Int(step.pointee.a)] = state.pointee.result
                    if state.pointee.result.isUndefined { next = code + Int(step.pointee.target) }
                } else {
                    r[Int(step.pointee.a)] = source
                }
            case .makeArray:
                r[Int(step.pointee.a)] = context.arena.array(
                    UnsafeBufferPointer(start: r + Int(step.pointee.b), count: Int(step.pointee.c)))
            case .makeSet:
                let parts = UnsafeMutableBufferPointer(start: r + Int(step.pointee.b), count: Int(step.pointee.c))
                r[Int(step.pointee.a)] = context.arena.set(sorting: parts)
            case .makeObject:
                let start = UnsafeMutableRawPointer(r + Int(step.pointee.b)).assumingMemoryBound(to: ObjectEntry.self)
                let parts = UnsafeMutableBufferPointer(start: start, count: Int(step.pointee.c))
                r[Int(step.pointee.a)] = context.arena.object(sorting: parts)
            case .makeRecord:
                r[Int(step.pointee.a)] = context.arena.object(shapedAs: value(step.pointee.c), values: r + Int(step.pointee.b))
            case .collectBegin:
                r[Int(step.pointee.a)] = .int(Int64(state.pointee.collected.count))
            case .collect:
                state.pointee.collected.append(value(step.pointee.b))
            case .collectPair:
                state.pointee.collected.append(value(step.pointee.b))
                state.pointee.collected.append(value(step.pointee.c))
            case .sealArray:
                let parts = state.pointee.collected.pop(from: Int(r[Int(step.pointee.b)].rawInt))
                r[Int(step.pointee.a)] = context.arena.array(UnsafeBufferPointer(parts))
            case .sealSet:
                let parts = state.pointee.collected.pop(from: Int(r[Int(step.pointee.b)].rawInt))
                r[Int(step.pointee.a)] = context.arena.set(sorting: parts)
            case .sealObject:
                let parts = state.pointee.collected.pop(from: Int(r[Int(step.pointee.b)].rawInt))
                let start = parts.baseAddress.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: ObjectEntry.self) }
                let entries = UnsafeMutableBufferPointer(start: start, count: parts.count / 2)
                guard makeObject(entries, pc: number(of: step), in: function) else { return false }
                r[Int(step.pointee.a)] = state.pointee.result
            case .sealGroups:
                sealGroups(from: Int(r[Int(step.pointee.b)].rawInt), areSets: step.pointee.x == 1)
                r[Int(step.pointee.a)] = state.pointee.result
            case .group:
                let group = value(step.pointee.b).member(value(step.pointee.c))
                r[Int(step.pointee.a)] =
                    group.isDefined ? group : step.pointee.x == 1 ? context.arena.set([]) : context.arena.array([])
            case .collectPath:
                collectPath(
                    r + Int(step.pointee.b), count: Int(step.pointee.x), leaf: Int64(step.pointee.a), value: value(step.pointee.c)
                )
            case .sealPaths:
                guard sealPaths(from: Int(r[Int(step.pointee.b)].rawInt), pc: number(of: step), in: function) else {
                    return false
                }
                r[Int(step.pointee.a)] = state.pointee.result
            case .assign:
                let new = value(step.pointee.b)
                if r[Int(step.pointee.a)].isUndefined {
                    r[Int(step.pointee.a)] = new
                } else if r[Int(step.pointee.a)] != new {
                    let message =
                        step.pointee.x == 0
                        ? "complete rules must not produce multiple outputs"
                        : "functions must not produce multiple outputs for same inputs"
                    return fault("eval_conflict_error", message, at: number(of: step), in: function)
                }
            case .clear:
                r[Int(step.pointee.a)] = .undefined
            case .jump:
                next = code + Int(step.pointee.target)
            case .jumpIfDefined:
                if value(step.pointee.b).isDefined { next = code + Int(step.pointee.target) }
            case .returnValue:
                state.pointee.result = value(step.pointee.b)
                return true
            case .returnUndefined:
                state.pointee.result = .undefined
                return true
            case .withBegin:
                beginWith(Int(step.pointee.b), values: r + Int(step.pointee.c))
            case .withEnd:
                endWith()
            case .operands:
                break
            case .mark:
                if let onMark { onMark(Int(step.pointee.b), UnsafePointer(r)) }
            case .readMode:
                if isRecording { state.pointee.reads.setMode(step.pointee.x, frameMark: trailMark) }
            case .recordOrigin:
                if isRecording { state.pointee.reads.record(value(step.pointee.b), since: trailMark) }
            case .recordLabels:
                record(labels: value(step.pointee.b))
            }
        }
    }

    /// Whether two values are equal; of two texts, as most are, the first words mostly tell it without a call.
    @inline(__always)
    private static func areEqual(_ left: Value, _ right: Value) -> Bool {
        if left.isIdentical(to: right) { return true }
        if left.kind == .string, !left.mayEqualText(right) { return false }
        return left == right
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
