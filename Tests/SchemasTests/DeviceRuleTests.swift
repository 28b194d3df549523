import Testing

/// Rules for dynamic resource allocation: claims, classes and what drivers offer.
struct DeviceRuleTests {
    @Test(arguments: [
        ("requests: [{name: gpu, exactly: {deviceClassName: gpu.example.com}}]", nil),
        ("requests: [{name: gpu, exactly: {deviceClassName: gpu, allocationMode: ExactCount, count: 2}}]", nil),
        ("requests: [{name: gpu, firstAvailable: [{name: big, deviceClassName: a}, {name: small, deviceClassName: b}]}]", nil),
        (
            "requests: [{name: a, exactly: {deviceClassName: c}}, {name: b, exactly: {deviceClassName: c}}], constraints: [{requests: [a, b], matchAttribute: example.com/numa}]",
            nil
        ),
        (
            "requests: [{name: a, exactly: {deviceClassName: c}}], config: [{requests: [a], opaque: {driver: gpu.example.com, parameters: {kind: X}}}]",
            nil
        ),
        ("requests: [{name: gpu}]", "requests[0]"),
        ("requests: [{name: gpu, exactly: {}}]", "requests[0].exactly.deviceClassName"),
        ("requests: [{name: G, exactly: {deviceClassName: c}}]", "requests[0].name"),
        ("requests: [{name: g, exactly: {deviceClassName: c, allocationMode: All, count: 1}}]", "requests[0].exactly.count"),
        ("requests: [{name: g, exactly: {deviceClassName: c, selectors: [{}]}}]", "requests[0].exactly.selectors[0].cel"),
        (
            "requests: [{name: g, exactly: {deviceClassName: c}}], constraints: [{requests: [h], matchAttribute: a/b}]",
            "constraints[0].requests[0]"
        ),
        ("requests: [{name: g, exactly: {deviceClassName: c}}], constraints: [{requests: [g]}]", "constraints[0]"),
        (
            "requests: [{name: g, exactly: {deviceClassName: c}}], constraints: [{matchAttribute: model}]",
            "constraints[0].matchAttribute"
        ),
        ("requests: [{name: g, exactly: {deviceClassName: c}}], config: [{requests: [g]}]", "config[0].opaque"),
    ])
    func deviceClaims(devices: String, place: String?) throws {
        let claim = "{apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {name: c}, spec: {devices: {\(devices)}}}"
        try FaultPlaces.expect(claim, place.map { "spec.devices.\($0)" })
        let template =
            "{apiVersion: resource.k8s.io/v1, kind: ResourceClaimTemplate, metadata: {name: c}, spec: {spec: {devices: {\(devices)}}}}"
        try FaultPlaces.expect(template, place.map { "spec.spec.devices.\($0)" })
    }

    @Test func olderClaimsHaveTheirFieldsBesideTheName() throws {
        let claim = "{apiVersion: resource.k8s.io/v1beta1, kind: ResourceClaim, metadata: {name: c}, spec: {devices: "
        try FaultPlaces.expect(claim + "{requests: [{name: g, deviceClassName: c}]}}}", nil, release: "1.33")
        try FaultPlaces.expect(claim + "{requests: [{name: g}]}}}", "spec.devices.requests[0].deviceClassName", release: "1.33")
    }

    @Test(arguments: [
        ("DeviceClass", "{}", nil),
        ("DeviceClass", "{selectors: [{cel: {expression: 'device.driver == \"a\"'}}]}", nil),
        ("DeviceClass", "{config: [{opaque: {driver: a, parameters: {}}}], extendedResourceName: example.com/gpu}", nil),
        ("DeviceClass", "{extendedResourceName: gpu}", "spec.extendedResourceName"),
        ("DeviceClass", "{config: [{opaque: {driver: 'a b', parameters: {}}}]}", "spec.config[0].opaque.driver"),
        ("ResourceSlice", "{driver: a, nodeName: node, pool: {name: p, generation: 1, resourceSliceCount: 1}}", nil),
        ("ResourceSlice", "{driver: a, pool: {name: p, generation: 1, resourceSliceCount: 1}}", "spec"),
        (
            "ResourceSlice", "{driver: a, nodeName: node, allNodes: true, pool: {name: p, generation: 1, resourceSliceCount: 1}}",
            "spec"
        ),
    ])
    func deviceKinds(kind: String, spec: String, place: String?) throws {
        try FaultPlaces.expect("{apiVersion: resource.k8s.io/v1, kind: \(kind), metadata: {name: c}, spec: \(spec)}", place)
    }

    /// A device of a slice, with what else the slice says.
    @Test(arguments: [
        ("nodeName: node", "attributes: {model: {string: a}, 'a.b/size_2': {int: 1}}, capacity: {memory: {value: 1Gi}}", nil),
        ("nodeName: node", "taints: [{key: a.b/c, effect: NoSchedule}]", nil),
        ("nodeName: node", "attributes: {2model: {string: a}}", ".attributes.2model"),
        ("nodeName: node", "attributes: {model: {}}", ".attributes.model"),
        ("nodeName: node", "attributes: {model: {int: 1, bool: true}}", ".attributes.model"),
        ("nodeName: node", "capacity: {'a.b/c/d': {value: 1}}", ".capacity[a.b/c/d]"),
        ("nodeName: node", "taints: [{key: a, effect: PreferNoSchedule}]", ".taints[0].effect"),
        ("nodeName: node", "taints: [{effect: NoExecute}]", ".taints[0].key"),
        ("nodeName: node", "nodeName: other", ".nodeName"),
        ("perDeviceNodeSelection: true", "nodeName: other", nil),
        ("perDeviceNodeSelection: true", "allNodes: true, nodeName: other", ""),
    ])
    func devices(slice: String, device: String, place: String?) throws {
        let pool = "pool: {name: a/b, generation: 1, resourceSliceCount: 1}"
        func object(_ version: String, _ device: String) -> String {
            """
            {apiVersion: resource.k8s.io/\(version), kind: ResourceSlice, metadata: {name: c},
             spec: {driver: a, \(slice), \(pool), devices: [{name: d, \(device)}]}}
            """
        }
        let found = try FaultPlaces.of(object("v1", device), release: "1.36")
        #expect(found == (place.map { ["spec.devices[0]" + $0] } ?? []))
        let older = try FaultPlaces.of(object("v1beta1", "basic: {\(device)}"), release: "1.34")
        #expect(older == (place.map { ["spec.devices[0].basic" + $0] } ?? []))
    }
}
