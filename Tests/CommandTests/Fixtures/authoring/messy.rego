package  messy
import rego.v1
allow if{ input.a==1 ; input.b == 2 }
