package store

import (
	"reflect"
	"sync"
)

// texts remembers which types hold text, for not walking into boxes and vectors.
var texts sync.Map // reflect.Type → bool

// holdsText tells whether values of the type can hold a string. A type that holds itself is taken to.
func holdsText(t reflect.Type) bool {
	if v, ok := texts.Load(t); ok {
		return v.(bool)
	}
	texts.Store(t, true) // for a type that comes back to itself, and for who asks meanwhile
	has := false
	switch t.Kind() {
	case reflect.String:
		has = true
	case reflect.Pointer, reflect.Slice, reflect.Array:
		has = holdsText(t.Elem())
	case reflect.Map:
		has = holdsText(t.Key()) || holdsText(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() && holdsText(f.Type) {
				has = true
			}
		}
	}
	texts.Store(t, has)
	return has
}

// dirty tells whether a string below v is not as CleanText makes it.
func dirty(v reflect.Value) bool {
	if !holdsText(v.Type()) {
		return false
	}
	switch v.Kind() {
	case reflect.String:
		s := v.String()
		return CleanText(s) != s
	case reflect.Pointer:
		return !v.IsNil() && dirty(v.Elem())
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if dirty(v.Index(i)) {
				return true
			}
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			if dirty(it.Key()) || dirty(it.Value()) {
				return true
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && dirty(v.Field(i)) {
				return true
			}
		}
	}
	return false
}

// cleanCopy copies v with clean strings; what holds no text is shared.
func cleanCopy(v reflect.Value) reflect.Value {
	if !holdsText(v.Type()) {
		return v
	}
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	switch v.Kind() {
	case reflect.String:
		out.SetString(CleanText(v.String()))
	case reflect.Pointer:
		if !v.IsNil() {
			out.Set(reflect.New(v.Type().Elem()))
			out.Elem().Set(cleanCopy(v.Elem()))
		}
	case reflect.Slice:
		if !v.IsNil() {
			out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		}
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			out.Index(i).Set(cleanCopy(v.Index(i)))
		}
	case reflect.Map:
		if !v.IsNil() {
			out.Set(reflect.MakeMapWithSize(v.Type(), v.Len()))
			for it := v.MapRange(); it.Next(); {
				out.SetMapIndex(cleanCopy(it.Key()), cleanCopy(it.Value()))
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				out.Field(i).Set(cleanCopy(v.Field(i)))
			}
		}
	}
	return out
}
