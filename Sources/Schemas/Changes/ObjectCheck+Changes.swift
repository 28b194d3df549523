package import Documents

extension ObjectCheck {
    /// What the server would refuse of an update from one object to another: changes of fields that are fixed. The new
    /// object itself is judged by `check`. Nothing is found for objects of different kinds, names or namespaces.
    package func changes(from old: Document, to new: Document) -> [Fault] {
        old.withRoot { oldRoot in
            new.withRoot { newRoot in
                guard let type = TypeReference(newRoot), let before = TypeReference(oldRoot),
                    before.group == type.group,
                    before.kind == type.kind, Self.isSameObject(oldRoot, newRoot),
                    let release = asked.last(where: { catalogue.shape(of: type, in: $0) != nil }),
                    let shape = catalogue.shape(of: type, in: release)
                else { return [] }
                let inspection = Inspection(new, release: release)
                guard ClaimForm.isFlat(before) != ClaimForm.isFlat(type) else {
                    ChangeRules(inspection: inspection, type: type, shape: shape, old: oldRoot, new: newRoot).check()
                    return inspection.faults
                }
                // Both in the newer form, whose types know it.
                let isNewRaised = ClaimForm.isFlat(type)
                guard let common = isNewRaised ? catalogue.shape(of: before, in: release) : shape else { return [] }
                ClaimForm.raised(isNewRaised ? newRoot : oldRoot).withRoot { raised in
                    ChangeRules(
                        inspection: inspection, type: type, shape: common, old: isNewRaised ? oldRoot : raised,
                        new: isNewRaised ? raised : newRoot
                    ).check()
                }
                return inspection.faults
            }
        }
    }

    /// Whether the server fixes anything of a kind.
    package static func hasFixedFields(group: String, kind: String) -> Bool { ImmutableFields.has(group: group, kind: kind) }

    private static func isSameObject(_ old: Value, _ new: Value) -> Bool {
        let before = old.field("metadata")
        let after = new.field("metadata")
        return before.field("name") == after.field("name")
            && (before.field("namespace").isNothing || after.field("namespace").isNothing
                || before.field("namespace") == after.field("namespace"))
    }
}
