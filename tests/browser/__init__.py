"""Tests of built pages in a real Chromium."""
